package store

// CodeSystem is one version of a national or international code list, the portal's own copy (contracts/code-systems.md
// section 2): nothing is fetched when a run needs it.
type CodeSystem struct {
	System  string // OID (2.16.578.1.12.4.1.1.7110) or URI
	Name    string
	Version string // the label of the version
	Day     string // when it was fetched, yyyy-mm-dd
	SHA256  string // of the file it was read from
	Codes   []SystemCode
}

// SystemCode is one code with the days it is valid, ends included; an empty end is open.
type SystemCode struct {
	Code     string `json:"code"`
	Text     string `json:"text,omitempty"`
	From     string `json:"from,omitempty"`
	To       string `json:"to,omitempty"`
	Inactive bool   `json:"inactive,omitempty"` // legal for events within its days, and no longer offered
}
