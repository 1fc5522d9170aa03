// Package pvk reads consents, reservations and access restrictions from Helsenorge (Personvernkomponenten), and reports back
// to it, as contracts/helsenorge.md part 2 describes: all who are active for one definition, page by page, and one person's
// state at a time the other way.
//
// A list is whole or it is nothing: a page that fails, names another definition, party or type, lacks pagingReference, or
// gives the same one twice, ends it.
//
// What can't be verified from here: the size of pages, rate limits, which status goes with which error code, how a period that
// a person sets is named (what looks like one makes the choice unclear, which never counts as yes), the metadata of
// restrictions, and whether pages hang together while people change their minds. Log-in by HelseID is the client's own to add.
package pvk
