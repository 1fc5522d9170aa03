package mapping

// FieldForm is a source field as its form sends it.
type FieldForm struct {
	Name, Class, Is, Label string
	// New tells that the field comes from the source's own description and that nobody has said yes to its class.
	New bool
}

// CheckForm is a check as its form sends it.
type CheckForm struct {
	Reason, Text, Kind, Variables, Earlier, Later, Code, System, At string
	Warn                                                            bool
}

// ChecksForm is everything that decides what becomes of a row, as its form sends it.
type ChecksForm struct {
	Checks  []CheckForm
	Keep    bool
	KeepOn  StepForm // its condition
	Classic bool
}
