package store

import (
	"slices"
	"strings"
)

// The data sets of the neutral source model (contracts/hospital-sources.md section 4), field by field: name, type, class,
// and for a direct field what it is. Fields that every row keeps stand in common.
var (
	common = []SchemaField{
		{Name: "source_system", Type: VarText, Class: Technical}, {Name: "source_record_id", Type: VarText, Class: Technical},
		{Name: "extracted_at", Type: VarDateTime, Class: Technical}, {Name: "updated_at", Type: VarDateTime, Class: Technical},
		{Name: "deleted", Type: VarBoolean, Class: Technical},
	}
	dataSets = map[string][]SchemaField{
		"person": {
			{Name: "person_key", Type: VarText, Class: Technical}, {Name: "id_type", Type: VarCode, Class: Technical},
			{Name: "id_value", Type: VarText, Class: Direct, Is: AttrNumber}, {Name: "id_current", Type: VarBoolean, Class: Technical},
			{Name: "birth_date", Type: VarDate, Class: Indirect}, {Name: "birth_date_source", Type: VarCode, Class: Technical},
			{Name: "sex", Type: VarCode, Class: Indirect}, {Name: "death_date", Type: VarDate, Class: Health},
			{Name: "name_family", Type: VarText, Class: Direct, Is: AttrFamilyName},
			{Name: "name_given", Type: VarText, Class: Direct, Is: AttrGivenName},
			{Name: "municipality", Type: VarCode, Class: Indirect}, {Name: "district", Type: VarCode, Class: Indirect},
			{Name: "postal_code", Type: VarText, Class: Direct, Is: AttrPostalCode},
		},
		"episode": {
			{Name: "episode_key", Type: VarText, Class: Technical}, {Name: "person_key", Type: VarText, Class: Technical},
			{Name: "episode_guid", Type: VarText, Class: Technical}, {Name: "care_level", Type: VarCode, Class: Health},
			{Name: "in_time", Type: VarDateTime, Class: Health}, {Name: "out_time", Type: VarDateTime, Class: Health},
			{Name: "in_state", Type: VarCode, Class: Health}, {Name: "out_state", Type: VarCode, Class: Health},
			{Name: "urgency", Type: VarCode, Class: Health}, {Name: "from_place", Type: VarCode, Class: Health},
			{Name: "to_place", Type: VarCode, Class: Health}, {Name: "referral_period", Type: VarText, Class: Technical},
			{Name: "payer", Type: VarCode, Class: Indirect}, {Name: "municipality_home", Type: VarCode, Class: Indirect},
			{Name: "unit_treatment_site", Type: VarCode, Class: Indirect}, {Name: "unit_professional", Type: VarCode, Class: Indirect},
			{Name: "unit_service", Type: VarCode, Class: Indirect}, {Name: "drg", Type: VarCode, Class: Health},
		},
		"diagnosis": {
			{Name: "episode_key", Type: VarText, Class: Technical}, {Name: "seq", Type: VarInteger, Class: Technical},
			{Name: "role", Type: VarCode, Class: Health}, {Name: "code_system", Type: VarCode, Class: Technical},
			{Name: "code_version", Type: VarText, Class: Technical}, {Name: "code", Type: VarCode, Class: Health},
			{Name: "code_text", Type: VarText, Class: Health}, {Name: "laterality", Type: VarCode, Class: Health},
		},
		"procedure": {
			{Name: "episode_key", Type: VarText, Class: Technical}, {Name: "seq", Type: VarInteger, Class: Technical},
			{Name: "condition_seq", Type: VarInteger, Class: Technical}, {Name: "code_system", Type: VarCode, Class: Technical},
			{Name: "code_version", Type: VarText, Class: Technical}, {Name: "code", Type: VarCode, Class: Health},
			{Name: "start_time", Type: VarDateTime, Class: Health}, {Name: "end_time", Type: VarDateTime, Class: Health},
			{Name: "performer_hpr", Type: VarText, Class: Indirect}, {Name: "performer_role", Type: VarCode, Class: Technical},
			{Name: "unit", Type: VarCode, Class: Indirect},
		},
		"observation": {
			{Name: "person_key", Type: VarText, Class: Technical}, {Name: "episode_key", Type: VarText, Class: Technical},
			{Name: "obs_id", Type: VarText, Class: Technical}, {Name: "code_system", Type: VarCode, Class: Technical},
			{Name: "code", Type: VarCode, Class: Health}, {Name: "code_text", Type: VarText, Class: Health},
			{Name: "specimen_code", Type: VarCode, Class: Health}, {Name: "specimen_id", Type: VarText, Class: Technical},
			{Name: "taken_at", Type: VarDateTime, Class: Health}, {Name: "value_num", Type: VarDecimal, Class: Health},
			{Name: "value_text", Type: VarText, Class: Health}, {Name: "value_code", Type: VarCode, Class: Health},
			{Name: "value_code_system", Type: VarCode, Class: Technical}, {Name: "comparator", Type: VarCode, Class: Health},
			{Name: "unit_text", Type: VarText, Class: Technical}, {Name: "unit_ucum", Type: VarCode, Class: Technical},
			{Name: "ref_low", Type: VarDecimal, Class: Health}, {Name: "ref_high", Type: VarDecimal, Class: Health},
			{Name: "ref_text", Type: VarText, Class: Health}, {Name: "abnormal", Type: VarCode, Class: Health},
			{Name: "status", Type: VarCode, Class: Technical}, {Name: "accredited", Type: VarBoolean, Class: Technical},
			{Name: "device_warning", Type: VarText, Class: Technical},
		},
		"medication": {
			{Name: "person_key", Type: VarText, Class: Technical}, {Name: "episode_key", Type: VarText, Class: Technical},
			{Name: "med_id", Type: VarText, Class: Technical}, {Name: "atc", Type: VarCode, Class: Health},
			{Name: "name", Type: VarText, Class: Health}, {Name: "dose_num", Type: VarDecimal, Class: Health},
			{Name: "dose_unit", Type: VarCode, Class: Technical}, {Name: "route", Type: VarCode, Class: Health},
			{Name: "start_time", Type: VarDateTime, Class: Health}, {Name: "stop_time", Type: VarDateTime, Class: Health},
			{Name: "status", Type: VarCode, Class: Technical},
		},
	}
)

// DataSet gives the documented fields of a data set of the neutral source model; none when there is no such set.
func DataSet(name string) []SchemaField {
	fields, ok := dataSets[strings.ToLower(name)]
	if !ok {
		return nil
	}
	return slices.Concat(fields, common)
}

// Described gives the schema of a delivery with these columns: what is documented of the data set they belong to where
// the names agree, and otherwise nothing but the name.
func Described(columns []string, documented []SchemaField) []SchemaField {
	fields := make([]SchemaField, len(columns))
	for i, name := range columns {
		fields[i] = SchemaField{Name: name}
		for _, d := range documented {
			if strings.EqualFold(d.Name, strings.TrimSpace(name)) {
				fields[i] = d
				fields[i].Name = name
			}
		}
	}
	return fields
}
