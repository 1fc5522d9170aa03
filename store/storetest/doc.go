// Package storetest is the suite that the portal database passes on each engine it runs on: embedded SQLite always,
// and a real PostgreSQL where there is one (see package postgres).
package storetest
