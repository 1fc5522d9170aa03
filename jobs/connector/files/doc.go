// Package files reads deliveries that another system drops as files in a folder: CSV, possibly gzipped, each completed
// by a control file. As a destination it leaves deliveries of the same form for another system to fetch.
//
// # What is known of the real systems, and what is not
//
// The rules are those of contracts/hospital-sources.md section 2. Documented: that data reach the registers through the
// supplier's integration platform. Inferred there: file drop as a way of handing over, the pattern of the names, the
// control file with row count and SHA-256, and that content is known by its checksum. Unknown, and therefore settings:
// folder, data set, delimiter, encoding, and whether a control file comes at all. It works as described and is tested
// on this machine's file systems; it has met no real hospital source, and no network share.
//
// # A delivery
//
// A delivery is two files in the folder:
//
//	episode_20260101_20260131_20260202T0315.csv          data set, period from and to, when it was made; or .csv.gz
//	episode_20260101_20260131_20260202T0315.csv.control  completes it
//
// The form of the control file is our definition, since the real one is unknown: lines of name=value, of which other
// names than these two are passed over,
//
//	rows=10000
//	sha256=6c1f…
//
// rows counts the rows after the header, where a quoted line end starts no new row and a line without a character is
// none. sha256 is over the file as it lies, compressed if it is. The control file is written last; whoever writes the
// data gives them their name by renaming, or at least before the control file.
//
// A file is read only when its control file exists. A file that changes while it is looked at is still being written
// and is left for the next time. Otherwise a checksum or row count that does not agree ends the run with nothing
// loaded. Deliveries are read oldest first, by the time in the name, and one that cannot be read holds up those after
// it: which of them corrects which is not ours to guess.
//
// With the option no_control a file is ready when it has lain unchanged for a minute. Nothing then tells that it is
// whole.
//
// Content that was read before, under whatever name, is put away without being read again. A known name with new
// content is a new delivery.
//
// # Putting away
//
// A delivery that is dealt with is sealed: encrypted into the installation's own folder, under the SHA-256 of its
// content, written to the disk, and only then removed from the drop folder. A held delivery is sealed too, and read
// again from there when a person lets it load. Whatever moment the machine stops at, what is left is either still in
// the drop folder or sealed, and the next look finishes the rest.
//
// # Sending
//
// A delivery that is sent is a CSV file (`;`, UTF-8) and its control file, as above. The data are written and on the disk
// under a name that no receiver reads; then a receipt, which is the control file under such a name; then the data get
// their name, and last the control file. Each is on the disk before the next. Whatever moment the machine stops at, the
// next attempt at the same run finds the receipt or finds none: without one nothing was to be seen and all is done again,
// with one whose data have their name the rest is finished and nothing is sent twice, also when the receiver has fetched
// and removed the files meanwhile. The receipt goes when the run is on record. It names nobody and holds no row.
package files
