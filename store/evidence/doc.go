// Package evidence makes and checks evidence packs: a zip that shows, to somebody who has nothing but the zip and the
// installation's public key, what was approved, what ran under it, and that the log says so.
//
// Every file is named in manifest.json with its size and hash, both as it is and as it lies in the zip; manifest.sig is
// an Ed25519 signature of the bytes of manifest.json. The zip's own frame holds nothing that doesn't follow from the
// files: checking a pack builds the frame anew and compares, so that not one byte can be changed unnoticed.
//
// The extract of the audit log carries a proof against a signed checkpoint: hashes of the parts of the Merkle tree
// (RFC 6962 section 2.1) that have no entry in the extract. With them and the entries the root can be computed again.
package evidence
