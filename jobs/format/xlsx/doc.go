// Package xlsx reads Office Open XML workbooks that come from outside: codebooks, notification packages, samples of
// data. Nothing is written to disk, nothing is fetched, no formula is worked out, and size, parts, sheets, rows, columns
// and cells are bounded, so that a hostile file costs no more than a large one.
//
// # Why its own reader
//
// The excelize library, which the tests write workbooks with and compare against, stops in silence where the XML of a
// sheet is broken, so a damaged file would read as a shorter one; its row reader does not tell dates from numbers, which
// needs the whole sheet as objects instead; and it unpacks what the file says is small, whatever it turns out to be.
//
// # What a cell is
//
// A cell is its text. Dates and times become ISO 8601 (2024-03-15, 2024-03-15T08:05:00, 08:05:00) when the cell's format
// shows one; other numbers are written as the spreadsheet program shows them at full width: at most 15 significant
// digits, without exponent, decimal point, and with the leading zeros that a format such as 0000 gives. Truth values are
// true and false, errors their own text (#N/A), formulas the value that was saved with them. Nothing is trimmed.
package xlsx
