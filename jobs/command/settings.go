package command

// Settings lists what the environment can say to every part but mail and login, which list their own.
const Settings = `
Innstillinger (miljøvariabler)
  SAMBAND_DATA           datamappen (data)
  SAMBAND_ADDR           adressen portalen svarer på (127.0.0.1:8080)
  SAMBAND_BASE_URL       adressen brukerne ser, når den er en annen: https://samband.sykehus.no
  SAMBAND_KEYS           mappen med hovednøklene (<datamappen>/keys); legg den på et annet sted enn sikkerhetskopiene
  SAMBAND_CHECKPOINTS    mappen for signerte sjekkpunkter av revisjonsloggen (<datamappen>/checkpoints); legg den der portalen
                         ikke kan endre gamle filer, og la prosesser med samme database dele den
  SAMBAND_DROP           mappen der demonstrasjonens sykehus legger leveranser (<datamappen>-drop)
  SAMBAND_DATABASE_URL   postgres://… for portaldata, i stedet for en fil i datamappen
  SAMBAND_TRUSTED_PROXY  adressene til omvendte mellomtjenere som skal tros om klientens adresse, med komma mellom
  SAMBAND_METRICS_TOKEN  token for /metrics fra andre maskiner enn denne
  SAMBAND_PUBLISHER      navnet på sykehuset, for datakataloger som henter katalogen
  SAMBAND_PUBLISHER_PAGE sykehusets offentlige side eller adresse i Enhetsregisteret
  SAMBAND_LANG           språket i skallet: nb, nn eller en
`
