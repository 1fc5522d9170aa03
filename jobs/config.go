package jobs

import (
	"log/slog"
	"time"

	"samband/jobs/connector"
	"samband/jobs/notify"
	"samband/store"
	"samband/store/secrets"
)

// Config is what an installation is told from outside. main reads it from flags and the environment.
type Config struct {
	Data string // the data folder
	Drop string // where the demonstration's hospital puts its deliveries; beside, never inside, Data
	// Shared is the folder of what processes with one database need alike: sealed deliveries, samples, keys, checkpoints,
	// the mark and spools. Empty: in Data, which is right for one process.
	Shared      string
	DatabaseURL string // postgres://… for the portal, the registries and the vault; empty: files in Data
	VaultURL    string // postgres://… for the vault, when it has a database of its own; only with DatabaseURL, or for a move
	Connections int    // to the database server from this process, all in all; DefaultConnections when zero
	Checkpoints string // folder for signed checkpoints of the audit log; empty: in Data
	Mark        string // folder for the high-water mark; empty: in Data
	Keys        secrets.Keys
	MakeKeys    bool          // make master keys that are missing
	Lease       time.Duration // how long a run counts as held after its process last said so; store.DefaultLease when zero
	Workers     int           // runs at once; 0 for a process that carries out no queued runs
	OIDC        bool          // people log in through the hospital: nothing may be registered as a demonstration
	Demo        bool          // demonstration mode: seed and feed the synthetic demonstration
	Persons     PersonSettings
	Networks    string // that requests to outside systems may go to, as CIDR with commas between; empty: see connector.Network
	Clock       store.Clock
	IDs         store.IDs
	Log         *slog.Logger
	BaseURL     string        // where people find the portal, for links in mails; no slash at its end
	SMTP        notify.SMTP   // the mail server
	Digest      time.Duration // how long notices that are not urgent are collected; DefaultDigest when zero
	Watch       []string      // addresses whose certificates people are told of before they end: the portal's own, the login's
	SecretEnds  time.Time     // when the secret that the portal logs people in with ends; zero: nobody has said
	// Connectors are the kinds of outside systems there are; package all has the table.
	Connectors []connector.Connector
}
