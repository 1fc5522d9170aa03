// Package profile looks at the rows of a source and says what its fields hold, in memory that doesn't grow with the rows.
// What it says may be shown to people who may not see a row: store.FieldProfile has the rules. A direct field's values
// are never looked at, a text in which a person number can be read is never told, nor is one that few rows have, nor a
// number from which those few could be worked out (contracts/data-quality.md).
package profile
