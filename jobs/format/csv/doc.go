// Package csv reads and writes delimited text as hospitals send it: RFC 4180 with `;`, `,` or tab between fields, in
// UTF-8 or Windows-1252. The standard library's reader stops a whole file at one stray quote; this one holds the
// broken row back, with a reason, and goes on with the next.
//
// # Form
//
// A field is exactly its characters: nothing is trimmed, no value is interpreted. A field that starts with `"` ends at
// the next `"` that isn't doubled and may hold delimiters and line ends. A line ends with LF or CRLF; the last one may
// lack it. Lines without a character are no rows. The first line names the columns.
//
// # Where a broken row ends
//
// A row is broken when a quote stands inside a field that didn't start with one, when something other than a
// delimiter or line end follows a closing quote, when a quoted field isn't closed before the end of the file or within
// MaxRecord bytes, or when a row that goes over several lines hasn't the header's number of fields. Only its first
// line is then held back (row.quote), and reading goes on with the line after it. So a broken row of several lines is
// held back line by line, and what follows it is read. The outcome depends on the bytes alone, not on how they arrive.
//
// Why one stray quote costs one row: a line end closes a row when the number of quotes before it is even. In a file of
// well-formed rows a stray quote makes that number odd at the end of its own row and of every row after it, so a row
// that runs over them can't come out well-formed at any of these, unless it ends inside a quoted field that holds a
// line end and happens to have the right number of fields there. Two stray quotes can together look like one field
// over several lines, which no reader can see: the row count that comes with a delivery is what catches both.
//
// The same counting bounds the work: of the lines that a broken row had run over, none has an odd number of quotes,
// so each ends by itself when reading resumes there, and no byte is looked at more than a few times.
//
// Other reasons hold back the whole row: row.fields (wrong number of fields), row.too_long (a line over MaxRecord, of
// which only the beginning is kept), row.nul (a NUL byte), row.encoding (bytes that aren't UTF-8 in a file that says
// it is, or letters in UTF-8 in a file that as a whole is Windows-1252: read as that they would be spoilt in silence).
//
// A file whose lines end with CR alone is refused by its header.
package csv
