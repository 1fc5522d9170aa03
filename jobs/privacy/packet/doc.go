// Package packet is how a person's two halves travel: an identity packet and a health packet, each to its own receiver by
// its own way, and a manifest that lets one party, the joiner, and nobody else bring them together. This page is enough to
// write a receiver of one's own; testdata/example holds a transport with the keys that open it and what comes of it.
//
// # Files
//
// A transport is three files. Each is an age file (https://age-encryption.org/v1, binary, no armor) to the recipients of
// its kind: X25519 (age1…) or hybrid X25519 and ML-KEM-768 (age1pq1…). age finds out when a byte was changed or the end is
// missing. Names say nothing and share nothing; sender and receiver may call the files what they like.
//
// # A packet
//
// Inside age, a packet is UTF-8 text in lines that end with LF (0A), each one JSON value without line breaks in it:
//
//	{"samband":"packet","version":1,"half":"identity","packet":"4f…","fields":["number","given_name"]}
//	["0a1b…","17837130158","Kari"]
//	["93c0…","61829033371",null]
//	{"rows":2}
//
// The first line is the header: half is "identity" or "health", packet is the packet's own name of 32 hexadecimal digits,
// fields name the values of each row. A row of the identity half is the person's link id (32 hexadecimal digits) and the
// values; null is no value, "" the empty text. There is one row for each person. A row of the health half is the link id,
// the sealed record key, and the values; a person has one row or more:
//
//	["0a1b…","q83v…","I21.9",null]
//
// The last line says how many rows there are. After it come spaces (20) and one LF up to the packet's size: the next 64 KiB
// below 1 MiB, above that by Padmé (privacy.Padded). The halves are ordered by different keys, so that the n-th row of one
// says nothing of the n-th row of the other.
//
// The record key names a record of the source to the receiver, alike in each transport: writing again what has the same key
// replaces it. It is sealed, so that the health half alone has nothing that is alike from run to run: standard base64
// without padding of 12 bytes nonce and the AES-256-GCM ciphertext with its tag, under the manifest's record_key, with the
// 16 bytes of the link id as additional data.
//
// # The manifest
//
// Inside age, the manifest is three lines, then spaces and one LF up to a multiple of 4096 bytes:
//
//	samband-manifest 1
//	{"run":"…","registry":"…", … }
//	MEUC…==
//
// The second is the Manifest type in JSON. The third is the Ed25519 signature in standard base64, over the 20 bytes
// "samband/v1/manifest" and LF, and then the second line without its LF. The sender's public key is known to the receiver
// beforehand, by another way.
//
// # What a receiver does
//
//  1. Opens the manifest, checks the signature against the keys it knows, and only then believes what stands in it.
//  2. Refuses packets that it has taken before: the names of both packets are looked up in its ledger.
//  3. Refuses a manifest whose not_after has passed.
//  4. Computes the SHA-256 of both files as they came, and refuses what is not as in the manifest. Nothing is opened before.
//  5. Opens both packets, and checks half, name, fields, the number of rows and that rows, rounded up by Padmé, is the
//     manifest's.
//  6. Joins by link id. Two identity rows with one link id, and an identity or a record without the other half, refuse all
//     of it: nothing is loaded, only counts are told.
//  7. Leaves out whom the sender's deny list names by link id: consents that were withdrawn on the way.
//  8. Writes the rows by record key, all or none, notes both packet names in the ledger, and destroys files and link ids.
//
// # Link ids
//
// They come from the sender's key and the run alone (package privacy): made again within a run they are the same, and in
// another run a person has another.
package packet
