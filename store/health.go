package store

// PartHealth is how one part of the installation is. Part is the key of its name ("doctor.<part>"), Args fill it in.
type PartHealth struct {
	Part    string
	Args    Args
	Problem *Error // nil: in order
}
