package store

// ResolvePreview shows how a mapping settles the keys that have several rows among those looked at. What the registry
// holds already is not asked.
type ResolvePreview struct {
	Delivery string // name of the delivery the rows are from
	Sealed   bool   // it was loaded before; otherwise it waits to be
	Rows     int64  // looked at
	Accepted int64
	Distinct int64         // keys among the accepted rows
	Ties     int64         // keys where nothing but the content hash decides
	Several  int64         // keys that have several accepted rows
	Keys     []ResolvedKey // the first of them, in order of key
}

// ResolvedKey is a key with several rows. Texts in which a person number can be read hold Mask.
type ResolvedKey struct {
	Key    string
	Rows   []ResolvedRow   // in the order they came
	Fields []ResolvedField // by the mapping's rules
}

// ResolvedRow is one of the rows, by its values.
type ResolvedRow struct {
	Position int64 // 1 = first row after the header
	Why      RowVerdict
	Values   []Value // as ResolvedKey.Fields
}

// RowVerdict says why a row won or lost.
type RowVerdict string

const (
	RowWon    RowVerdict = "won"
	RowDouble RowVerdict = "double" // it is identical with a row before it
	RowSource RowVerdict = "source" // its source has a lower rank
	RowLater  RowVerdict = "later"  // the one that won has a better value of the variable that decides
	RowTied   RowVerdict = "tied"   // nothing tells them apart, so the content hash decides
)

// RowVerdicts lists them.
var RowVerdicts = []RowVerdict{RowWon, RowDouble, RowSource, RowLater, RowTied}

// ResolvedField is one variable of the row that stands.
type ResolvedField struct {
	Variable string
	Value    Value
	How      PickHow // "" when it comes with the row that won
	Position int64   // of the row that it is from; 0 when it is of no single one
}

// Verdict tells why a row loses against the one that won.
func (v Version) Verdict(winner Version) RowVerdict {
	switch {
	case v.Hash == winner.Hash:
		return RowDouble
	case v.Rank != winner.Rank:
		return RowSource
	case v.compare(winner) != 0:
		return RowLater
	}
	return RowTied
}
