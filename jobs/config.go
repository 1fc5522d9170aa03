package jobs

import (
	"log/slog"

	"samband/jobs/connector"
	"samband/store"
	"samband/store/secrets"
)

// Config is what an installation is told from outside. main reads it from flags and the environment.
type Config struct {
	Data        string // the data folder
	Drop        string // where the demonstration's hospital puts its deliveries; beside, never inside, Data
	DatabaseURL string // postgres://… for the portal database; empty: a file in Data
	Checkpoints string // folder for signed checkpoints of the audit log; empty: in Data
	Keys        secrets.Keys
	MakeKeys    bool // make master keys that are missing
	Workers     int  // runs at once; 0 for a process that carries out no queued runs
	OIDC        bool // people log in through the hospital: nothing may be registered as a demonstration
	Demo        bool // demonstration mode: seed and feed the synthetic demonstration
	Clock       store.Clock
	IDs         store.IDs
	Log         *slog.Logger
	// Connectors are the kinds of outside systems there are; package all has the table.
	Connectors []connector.Connector
}
