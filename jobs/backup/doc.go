// Package backup is how a backup lies on disk. A set is a folder named by its moment; it has that name only when it is
// whole and has been read back:
//
//	2026-11-23T20-15-00Z-3f9a12/
//	  manifest.json    what is in it, with sizes and SHA-256 of content and of what lies here
//	  manifest.sig     the installation's Ed25519 signature over manifest.json, base64
//	  portal.db.age    a file of the installation, sealed with the backup key
//	  registries/….db.age, vault.db.age, consent.db.age, checkpoints/….age, sealed/….age
//
// Nothing in it can be read without the backup key, and nothing can be changed without the signing key. Neither is in
// the set.
package backup
