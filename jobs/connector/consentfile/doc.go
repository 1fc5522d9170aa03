// Package consentfile reads people's choices from a folder: one list a definition, which another system leaves there.
//
// A list is a text file in UTF-8 called <definition>.csv, the definition's GUID in lower case, with a header and
// semicolons between the cells. Only the column number is needed:
//
//	number      eleven digits
//	status      active or inactive, or a status of gICS, of which ACCEPTED alone is a yes; active where there is no column
//	seq         grows by one at each change of the person's choice
//	changed     when the person chose, as RFC 3339, or a day or time without offset, which is Norwegian time
//	from, until the period that the person set, in the same form
//
// Beside it lies <definition>.csv.control with the lines rows=, sha256= and made=, the time when the list was drawn. A list
// that doesn't agree with it, or has one line that can't be read, is refused as a whole: a list that lacks persons looks
// as if they had taken their choice back. made= is what tells how old the list is; that a file lies there proves nothing.
//
// Nothing goes the other way: what has been carried out can't be reported to a folder.
package consentfile
