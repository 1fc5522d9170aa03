package text

// watchTexts says how the dashboard and the alert rules are taken into use.
var watchTexts = Catalogue{
	"watch.open":  {NB: "Ta overvåking i bruk", NN: "Ta overvaking i bruk", EN: "Set up monitoring"},
	"watch.title": {NB: "Tavle og varsler", NN: "Tavle og varsel", EN: "Dashboard and alerts"},
	"watch.lead": {
		NB: "Slik får du tavlen i Grafana og varslene i Prometheus. Tallene sier aldri noe om personer eller hvilke registre som finnes.",
		NN: "Slik får du tavla i Grafana og varsla i Prometheus. Tala seier aldri noko om personar eller kva register som finst.",
		EN: "How to get the dashboard in Grafana and the alerts in Prometheus. The figures never tell of persons or of which registries there are.",
	},
	"watch.step":  {NB: "{n}. {title}", NN: "{n}. {title}", EN: "{n}. {title}"},
	"watch.fetch": {NB: "Hent {file}", NN: "Hent {file}", EN: "Fetch {file}"},
	"watch.write": {NB: "Eksempel: {title}", NN: "Døme: {title}", EN: "Example: {title}"},

	"watch.token": {NB: "La Prometheus få lese tallene", NN: "La Prometheus få lese tala", EN: "Let Prometheus read the figures"},
	"watch.token.do": {
		NB: "Uten token svarer /metrics bare på maskinen portalen kjører på. Står Prometheus et annet sted, lag et langt tilfeldig token og start portalen med det. En worker svarer på adressen du gir den.",
		NN: "Utan token svarer /metrics berre på maskina portalen køyrer på. Står Prometheus ein annan stad, lag eit langt tilfeldig token og start portalen med det. Ein worker svarer på adressa du gir han.",
		EN: "Without a token /metrics answers only on the machine that the portal runs on. If Prometheus is elsewhere, make a long random token and start the portal with it. A worker answers at the address you give it.",
	},
	"watch.scrape": {NB: "Si hvor portalen er", NN: "Sei kvar portalen er", EN: "Say where the portal is"},
	"watch.scrape.do": {
		NB: "Jobben må hete samband, for varslene ser etter det navnet. List opp hver serve- og worker-prosess som et mål. Legg tokenet i en fil som bare Prometheus får lese.",
		NN: "Jobben må heite samband, for varsla ser etter det namnet. List opp kvar serve- og worker-prosess som eit mål. Legg tokenet i ei fil som berre Prometheus får lese.",
		EN: "The job must be called samband, because the alerts look for that name. List each serve and worker process as a target. Put the token in a file that only Prometheus may read.",
	},
	"watch.rules": {NB: "Legg inn varslene", NN: "Legg inn varsla", EN: "Add the alerts"},
	"watch.rules.do": {
		NB: "Hent filen, legg den hos Prometheus som samband.yaml, og nevn den i oppsettet. Hvert varsel sier hvilken del av kjøreboken du begynner med.",
		NN: "Hent fila, legg ho hos Prometheus som samband.yaml, og nemn ho i oppsettet. Kvart varsel seier kva del av køyreboka du byrjar med.",
		EN: "Fetch the file, put it with Prometheus as samband.yaml, and name it in the settings. Each alert says which section of the run book to begin with.",
	},
	"watch.check": {NB: "Se at det virker", NN: "Sjå at det verkar", EN: "See that it works"},
	"watch.check.do": {
		NB: "La promtool lese oppsettet før du laster det. Spørringen til slutt skal gi 1 for hvert mål.",
		NN: "La promtool lese oppsettet før du lastar det. Spørjinga til slutt skal gi 1 for kvart mål.",
		EN: "Let promtool read the settings before you load them. The query at the end should give 1 for each target.",
	},
	"watch.source": {NB: "Gi Grafana kilden", NN: "Gi Grafana kjelda", EN: "Give Grafana the source"},
	"watch.source.do": {
		NB: "Har Grafana alt en kilde for Prometheus, kan du hoppe over dette. Tavlen lar deg velge kilde øverst.",
		NN: "Har Grafana alt ei kjelde for Prometheus, kan du hoppe over dette. Tavla lèt deg velje kjelde øvst.",
		EN: "If Grafana already has a source for Prometheus, you can skip this. The dashboard lets you choose the source at the top.",
	},
	"watch.dashboard": {NB: "Legg inn tavlen", NN: "Legg inn tavla", EN: "Add the dashboard"},
	"watch.dashboard.do": {
		NB: "Hent filen, legg den i mappen under, og start Grafana på nytt. Du kan også lime den inn under «Import» i Grafana.",
		NN: "Hent fila, legg ho i mappa under, og start Grafana på nytt. Du kan òg lime ho inn under «Import» i Grafana.",
		EN: "Fetch the file, put it in the folder below, and restart Grafana. You can also paste it under “Import” in Grafana.",
	},
	"watch.notify": {NB: "Send varslene til rett sted", NN: "Send varsla til rett stad", EN: "Send the alerts to the right place"},
	"watch.notify.do": {
		NB: "Alvorlige varsler har severity «page» og bør vekke noen. «ticket» kan vente til neste arbeidsdag, og «info» er til orientering.",
		NN: "Alvorlege varsel har severity «page» og bør vekkje nokon. «ticket» kan vente til neste arbeidsdag, og «info» er til orientering.",
		EN: "Grave alerts have severity “page” and should wake somebody. “ticket” can wait for the next working day, and “info” is for your information.",
	},
	"watch.both": {
		NB: "Portalen varsler også selv, på e-post og webhook, etter reglene under «Varsler». Prometheus trengs for å oppdage at portalen er nede.",
		NN: "Portalen varslar òg sjølv, på e-post og webhook, etter reglane under «Varsel». Prometheus trengst for å oppdage at portalen er nede.",
		EN: "The portal tells people by itself, too, by mail and webhook. Prometheus is needed to find out that the portal is down.",
	},
}
