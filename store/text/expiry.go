package text

// expiry holds the words of certificates and secrets that end.
var expiry = Catalogue{
	"doctor.certificate": {
		NB: "Sertifikat: {name}, gjelder til {ends}",
		NN: "Sertifikat: {name}, gjeld til {ends}",
		EN: "Certificate: {name}, valid until {ends}",
	},
	"doctor.secret": {
		NB: "Hemmelighet: {name}, gjelder til {ends}",
		NN: "Løyndom: {name}, gjeld til {ends}",
		EN: "Secret: {name}, valid until {ends}",
	},
	"error.expiry.soon": {
		NB: "{name} går ut {ends}, om {days} {days|dag|dager}. Alt virker som før til da. Bytt i god tid.",
		NN: "{name} går ut {ends}, om {days} {days|dag|dagar}. Alt verkar som før til då. Byt i god tid.",
		EN: "{name} ends {ends}, in {days} {days|day|days}. Everything works as before until then. Replace it in good time.",
	},
	"error.expiry.past": {
		NB: "{name} gikk ut {ends}. Det som bruker det, virker ikke eller slutter å virke når som helst. Dataene er urørt. Bytt nå.",
		NN: "{name} gjekk ut {ends}. Det som bruker det, verkar ikkje eller sluttar å verke når som helst. Dataa er urørte. Byt no.",
		EN: "{name} ended {ends}. What uses it does not work, or stops working at any moment. The data are untouched. Replace it now.",
	},
	"error.serve.login_secret_ends": {
		NB: "SAMBAND_OIDC_CLIENT_SECRET_ENDS er ikke en dato: {value}. Skriv den som 2027-05-31. Portalen starter ikke.",
		NN: "SAMBAND_OIDC_CLIENT_SECRET_ENDS er ikkje ein dato: {value}. Skriv han som 2027-05-31. Portalen startar ikkje.",
		EN: "SAMBAND_OIDC_CLIENT_SECRET_ENDS is no date: {value}. Write it as 2027-05-31. The portal does not start.",
	},
	"setting.oidc_client_secret_ends": {
		NB: "siste dag hemmeligheten gjelder, som 2027-05-31; varsel kommer 30, 7 og 1 dag før",
		NN: "siste dagen løyndomen gjeld, som 2027-05-31; varsel kjem 30, 7 og 1 dag før",
		EN: "the last day that the secret holds, as 2027-05-31; alerts come 30, 7 and 1 days before",
	},
	"runbook.expiry.soon.meaning": {
		NB: "Et sertifikat eller en hemmelighet går snart ut, eller er gått ut. Portalen ser på sertifikatene som dens egen adresse og innloggingen viser, på filen i SAMBAND_SMTP_CA, og på datoen i SAMBAND_OIDC_CLIENT_SECRET_ENDS. Varsel kommer 30, 7 og 1 dag før, og når det er over.",
		NN: "Eit sertifikat eller ein løyndom går snart ut, eller er gått ut. Portalen ser på sertifikata som hans eiga adresse og innlogginga viser, på fila i SAMBAND_SMTP_CA, og på datoen i SAMBAND_OIDC_CLIENT_SECRET_ENDS. Varsel kjem 30, 7 og 1 dag før, og når det er over.",
		EN: "A certificate or a secret ends soon, or has ended. The portal looks at the certificates that its own address and the login show, at the file in SAMBAND_SMTP_CA, and at the date in SAMBAND_OIDC_CLIENT_SECRET_ENDS. Alerts come 30, 7 and 1 days before, and when it is over.",
	},
	"runbook.expiry.soon.do": {
		NB: "Portalens egen adresse: bytt sertifikatet i proxyen foran, eller se hvorfor det ikke fornyes av seg selv.\nInnloggingen: si fra til dem som har den. Uten den kommer ingen inn, bortsett fra med nødtilgang.\nHemmeligheten: lag en ny hos innloggingen, sett den og den nye datoen, og start portalen på nytt. Slett så den gamle.\nSAMBAND_SMTP_CA: legg det nye sertifikatet i filen ved siden av det gamle, start portalen på nytt, og ta bort det gamle når e-posttjeneren er byttet.\nKjør «samband doctor». Varselet lukkes av seg selv.",
		NN: "Portalen si eiga adresse: byt sertifikatet i proxyen framfor, eller sjå kvifor det ikkje blir fornya av seg sjølv.\nInnlogginga: sei frå til dei som har ho. Utan ho kjem ingen inn, bortsett frå med naudtilgang.\nLøyndomen: lag ein ny hos innlogginga, set han og den nye datoen, og start portalen på nytt. Slett så den gamle.\nSAMBAND_SMTP_CA: legg det nye sertifikatet i fila ved sida av det gamle, start portalen på nytt, og ta bort det gamle når e-posttenaren er bytt.\nKøyr «samband doctor». Varselet blir lukka av seg sjølv.",
		EN: "The portal's own address: replace the certificate in the proxy in front, or see why it is not renewed by itself.\nThe login: tell those who run it. Without it nobody gets in but by emergency access.\nThe secret: make a new one at the login, set it and the new date, and restart the portal. Then delete the old one.\nSAMBAND_SMTP_CA: put the new certificate into the file beside the old one, restart the portal, and remove the old one when the mail server has changed.\nRun “samband doctor”. The alert closes by itself.",
	},
}
