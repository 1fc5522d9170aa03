package store

// MovedTable is one table that was moved from a file to a server, and was the same on both sides.
type MovedTable struct {
	Place string `json:"place"` // portal, vault, or the registry's id
	Table string `json:"table"`
	Rows  int64  `json:"rows"`
	Hash  string `json:"hash"` // over the rows, whatever their order
}
