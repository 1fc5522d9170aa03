// Package store is the root of meaning: the nouns of Samband and the rules that hold for them. Everything here is
// pure Go with the standard library only and does no I/O; databases, files and the network live in packages that
// import this one. One noun, one file.
package store
