package store

import "time"

// Workload is how the work stands, for machines. Nothing in it names a registry or a person.
type Workload struct {
	Runs      map[RunState]int64 // those that have not ended for good
	Waiting   int64              // of the running ones: between two attempts
	OldestDue time.Time          // when the longest waiting due run should have begun; zero: none waits
	Alerts    map[AlertKind]int64
	Untaken   int64 // of the open alerts
	Circuits  map[CircuitState]int64
	Unsent    map[OutgoingState]int64 // messages that wait, and those given up
}
