// Package all is the table of all connectors. A new one is a folder and a line here.
package all

import (
	"samband/jobs/connector"
	"samband/jobs/connector/consentfile"
	"samband/jobs/connector/files"
	"samband/jobs/connector/packets"
	"samband/jobs/connector/pvk"
)

// Connectors gives every kind of outside system there is a connector for, in the order that forms offer them.
func Connectors() []connector.Connector {
	return []connector.Connector{
		files.Connector(),
		consentfile.Connector(),
		pvk.Connector(),
		packets.Connector(),
	}
}
