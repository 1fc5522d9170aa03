package suggest

import "samband/store"

// pair is a variable as Norwegian registries name them and the field of a hospital's extract that belongs to it.
type pair struct {
	variable, label string
	typ             store.VarType
	unit            string
	field           string
}

var pairs = []pair{
	{"pasient_id", "Pasientens løpenummer", store.VarText, "", "pas_lnr"},
	{"kjonn", "Kjønn", store.VarCode, "", "sex"},
	{"fodselsdato", "Fødselsdato", store.VarDate, "", "f_dato"},
	{"fodselsvekt_g", "Fødselsvekt", store.VarInteger, "g", "vekt_ved_fodsel"},
	{"alder", "Alder ved innleggelse", store.VarInteger, "år", "age"},
	{"kommune", "Kommunenummer", store.VarCode, "", "bokommune_nr"},
	{"sykehus", "Sykehus", store.VarText, "", "hospital_name"},
	{"avdeling", "Avdeling", store.VarText, "", "avd_kode"},
	{"innleggelsesdato", "Dato for innleggelse", store.VarDate, "", "inn_dato"},
	{"utskrivningsdato", "Dato for utskriving", store.VarDate, "", "ut_dato"},
	{"innleggelsestidspunkt", "Tidspunkt for innkomst", store.VarDateTime, "", "inn_tid"},
	{"hastegrad", "Hastegrad ved innleggelse", store.VarCode, "", "urgency"},
	{"episode_id", "Episode", store.VarText, "", "oppholds_id"},
	{"dodsdato", "Dødsdato", store.VarDate, "", "dt_død"},
	{"dodsarsak", "Dødsårsak", store.VarText, "", "cause_of_death"},
	{"operasjonsdato", "Operasjonsdato", store.VarDate, "", "opr_dt"},
	{"operasjon_start", "Operasjonens starttidspunkt", store.VarDateTime, "", "op_start_kl"},
	{"operasjon_slutt", "Operasjonens sluttidspunkt", store.VarDateTime, "", "op_slutt_kl"},
	{"hoveddiagnose", "Hoveddiagnose", store.VarCode, "", "hdiag"},
	{"bidiagnose_1", "Bidiagnose 1", store.VarCode, "", "bdiag1"},
	{"bidiagnose_2", "Bidiagnose 2", store.VarCode, "", "bdiag2"},
	{"prosedyre_1", "Prosedyrekode 1", store.VarCode, "", "pros_kode1"},
	{"prosedyre_2", "Prosedyrekode 2", store.VarCode, "", "pros_kode2"},
	{"anestesitype", "Type anestesi", store.VarCode, "", "anest_type"},
	{"asa", "ASA-klasse", store.VarCode, "", "asa_grad"},
	{"knivtid", "Knivtid", store.VarInteger, "min", "knivtid_min"},
	{"reoperasjon", "Reoperert", store.VarBoolean, "", "reop_jn"},
	{"reinnleggelse", "Reinnlagt innen 30 dager", store.VarBoolean, "", "reinnlagt_30d"},
	{"komplikasjon", "Komplikasjon", store.VarCode, "", "kompl"},
	{"blodning_ml", "Peroperativ blødning", store.VarInteger, "ml", "blodtap_ml"},
	{"infeksjon", "Postoperativ infeksjon", store.VarBoolean, "", "inf_postop"},
	{"hoyde_cm", "Høyde", store.VarInteger, "cm", "høyde"},
	{"vekt_kg", "Vekt", store.VarDecimal, "kg", "weight"},
	{"bmi", "Kroppsmasseindeks", store.VarDecimal, "kg/m2", "kmi"},
	{"systolisk_bt", "Systolisk blodtrykk", store.VarInteger, "mmHg", "bt_syst"},
	{"diastolisk_bt", "Diastolisk blodtrykk", store.VarInteger, "mmHg", "bt_diast"},
	{"puls", "Hjertefrekvens", store.VarInteger, "/min", "hr"},
	{"respirasjonsfrekvens", "Respirasjonsfrekvens", store.VarInteger, "/min", "resp_frekvens"},
	{"temperatur", "Kroppstemperatur", store.VarDecimal, "°C", "temp"},
	{"spo2", "Oksygenmetning", store.VarInteger, "%", "O2_metning"},
	{"gcs", "Glasgow Coma Scale", store.VarInteger, "", "gcs_sum"},
	{"smerte_vas", "Smerte (VAS)", store.VarInteger, "", "vas_smerter"},
	{"ejeksjonsfraksjon", "Venstre ventrikkels ejeksjonsfraksjon", store.VarInteger, "%", "lvef_pst"},
	{"nyha_klasse", "NYHA-klasse", store.VarCode, "", "nyha"},
	{"hjerteinfarkt_tidligere", "Tidligere hjerteinfarkt", store.VarBoolean, "", "tidl_infarkt"},
	{"diabetes", "Diabetes mellitus", store.VarBoolean, "", "dm"},
	{"hypertensjon", "Behandlet hypertensjon", store.VarBoolean, "", "hypertension"},
	{"atrieflimmer", "Atrieflimmer", store.VarBoolean, "", "afib"},
	{"hemoglobin", "Hemoglobin", store.VarDecimal, "g/dL", "hb"},
	{"kreatinin", "Kreatinin ved innkomst", store.VarDecimal, "µmol/L", "s_krea"},
	{"hba1c", "HbA1c", store.VarDecimal, "mmol/mol", "HbA1c_verdi"},
	{"glukose", "Glukose", store.VarDecimal, "mmol/L", "blodsukker"},
	{"natrium", "Natrium", store.VarInteger, "mmol/L", "na"},
	{"kalium", "Kalium", store.VarDecimal, "mmol/L", "k"},
	{"kolesterol", "Totalkolesterol", store.VarDecimal, "mmol/L", "tot_chol"},
	{"leukocytter", "Leukocytter", store.VarDecimal, "10e9/L", "wbc"},
	{"trombocytter", "Trombocytter", store.VarInteger, "10e9/L", "plt"},
	{"crp", "CRP", store.VarDecimal, "mg/L", "crp_mgl"},
	{"karbamid", "Karbamid", store.VarDecimal, "mmol/L", "urea"},
	{"royking", "Røykevaner", store.VarCode, "", "røykestatus"},
	{"alkohol", "Alkoholbruk", store.VarCode, "", "alkohol_bruk"},
	{"sivilstand", "Sivilstand", store.VarCode, "", "marital_status"},
	{"utdanning", "Høyeste fullførte utdanning", store.VarCode, "", "education_level"},
	{"svangerskapslengde_uker", "Svangerskapslengde", store.VarInteger, "uker", "ga_uker"},
	{"paritet", "Paritet", store.VarInteger, "", "parity"},
	{"keisersnitt", "Keisersnitt", store.VarBoolean, "", "sectio"},
	{"apgar_1", "Apgar 1 minutt", store.VarInteger, "", "apgar1"},
	{"apgar_5", "Apgar 5 minutter", store.VarInteger, "", "apgar5"},
	{"apgar_10", "Apgar 10 minutter", store.VarInteger, "", "apgar10"},
	{"hodeomkrets", "Hodeomkrets", store.VarInteger, "cm", "omkrets_hode"},
	{"tumorstadium", "Stadium av svulst", store.VarCode, "", "tumor_stage"},
	{"metastaser", "Metastaser på diagnosetidspunktet", store.VarBoolean, "", "metastase"},
	{"stralebehandling", "Strålebehandling gitt", store.VarBoolean, "", "radiotherapy"},
	{"cellegift", "Kjemoterapi", store.VarBoolean, "", "kjemo"},
	{"protese_hoyre", "Protese, høyre side", store.VarBoolean, "", "protese_h_hoyre"},
	{"protese_venstre", "Protese, venstre side", store.VarBoolean, "", "protese_v_venstre"},
	{"liggetid", "Liggetid", store.VarInteger, "dager", "los"},
	{"kontrolldato", "Dato for oppfølging", store.VarDate, "", "followup_date"},
	{"samtykke", "Samtykke innhentet", store.VarBoolean, "", "consent"},
	{"prom_skar", "PROM, sumskår", store.VarInteger, "", "prom_score"},
	{"legemiddel_atc", "Legemiddel (ATC)", store.VarCode, "", "medikament_kode"},
	{"antibiotika", "Antibiotikaprofylakse", store.VarBoolean, "", "ab_profylakse"},
	{"respirator_timer", "Timer på respirator", store.VarDecimal, "timer", "vent_timer"},
	{"prøvetaking_dato", "Dato for prøvetaking", store.VarDate, "", "sample_date"},
}

// strays are fields of an extract that belong to no variable.
var strays = []string{"kreatinin_enhet", "hb_enhet", "kommentar", "oppdatert_dato", "registrert_av", "henvisningsdato", "fritekst",
	"skjema_versjon", "vekt_ved_utskriving", "overflyttet_dato", "mors_alder", "kilde_system", "bt_middel", "lege_id", "sist_endret"}

// book is the codebook of all the pairs.
func book() *store.Codebook {
	c := &store.Codebook{ID: "b"}
	for _, p := range pairs {
		c.Variables = append(c.Variables, store.Variable{Name: store.VariableName(p.variable), Label: p.label, Type: p.typ, Unit: p.unit,
			Class: store.Health})
	}
	return c
}

func fields() []store.Field {
	var list []store.Field
	for _, p := range pairs {
		list = append(list, store.Field{Name: p.field, Class: store.Health})
	}
	for _, s := range strays {
		list = append(list, store.Field{Name: s, Class: store.Health})
	}
	return list
}
