package packets

import (
	"context"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"samband/jobs/connector"
	"samband/jobs/connector/handover"
	"samband/store"
)

// Kind declares the connector. The secrets of each channel are its own.
var Kind = store.Kind{
	Name:     "packets",
	Roles:    []store.Role{store.Destination},
	Highest:  store.Sensitive,
	Route:    store.RoutePlatform,
	Tier:     store.TierTransactional,
	Identity: store.LeavesApart,
	Options: []store.Option{
		{Name: "identity_address", Kind: store.OptionURL, Required: true, InScope: true},
		{Name: "identity_host_key", Kind: store.OptionText, InScope: true},
		{Name: "identity_recipient", Kind: store.OptionText, Required: true, InScope: true},
		{Name: "identity_fields", Kind: store.OptionText, Default: string(store.AttrNumber), InScope: true},
		{Name: "health_address", Kind: store.OptionURL, Required: true, InScope: true},
		{Name: "health_host_key", Kind: store.OptionText, InScope: true},
		{Name: "health_recipient", Kind: store.OptionText, Required: true, InScope: true},
		{Name: "joiner_recipient", Kind: store.OptionText, Required: true, InScope: true},
		{Name: "receipts", Kind: store.OptionBool, InScope: true},
		{Name: "identity_key", Kind: store.OptionSecret},
		{Name: "identity_ca", Kind: store.OptionSecret},
		{Name: "identity_token", Kind: store.OptionSecret},
		{Name: "health_key", Kind: store.OptionSecret},
		{Name: "health_ca", Kind: store.OptionSecret},
		{Name: "health_token", Kind: store.OptionSecret},
	},
}

// Connector is the line of this package in the table of connectors.
func Connector() connector.Connector {
	return connector.Connector{Kind: Kind, OpenDestination: func(s connector.Settings) (connector.Destination, error) { return open(s) }}
}

type destination struct {
	identity, health handover.Channel
	to               map[string]age.Recipient // by store.TransportRecipients
	keys             map[string]string        // their ids
	attributes       []store.Attribute
	clock            store.Clock
	same             func() error  // why the two ways are one
	wait             time.Duration // how long an attempt waits for receipts
	at               func(point string)
}

// receiptWait is how long an attempt waits for receipts before the next one asks.
const receiptWait = 10 * time.Second

func open(s connector.Settings) (*destination, error) {
	if err := Kind.Validate(s.Values); err != nil {
		return nil, err
	}
	d := &destination{to: map[string]age.Recipient{}, keys: map[string]string{}, clock: s.Clock, wait: receiptWait, at: func(string) {}}
	if d.clock == nil {
		d.clock = store.SystemClock{}
	}
	for _, name := range store.TransportRecipients {
		option := name + "_recipient"
		list, err := age.ParseRecipients(strings.NewReader(s.Values[option]))
		if err != nil || len(list) != 1 {
			return nil, store.FieldError(option, "packets.recipient", nil)
		}
		id := store.RecipientKeyID(s.Values[option])
		for _, other := range d.keys {
			if other == id {
				return nil, store.FieldError(option, "packets.same_recipient", nil)
			}
		}
		d.to[name], d.keys[name] = list[0], id
	}
	for name := range strings.SplitSeq(Kind.Option("identity_fields").Value(s.Values), ",") {
		a := store.Attribute(strings.TrimSpace(name))
		if !slices.Contains(store.Attributes, a) || slices.Contains(d.attributes, a) {
			return nil, store.FieldError("identity_fields", "packets.fields", nil)
		}
		d.attributes = append(d.attributes, a)
	}
	secret := func(name string) (string, error) {
		if s.Secret == nil {
			return "", nil
		}
		return s.Secret(name)
	}
	for half, to := range map[string]*handover.Channel{"identity": &d.identity, "health": &d.health} {
		c, err := handover.OpenChannel(handover.ChannelOptions{Address: s.Values[half+"_address"], HostKey: s.Values[half+"_host_key"],
			Receipts: s.Values["receipts"] == "true", Network: s.Network, Clock: d.clock,
			Secret: func(name string) (string, error) { return secret(half + "_" + name) }})
		if err != nil {
			option := "_address"
			if store.CodeOf(err) == "channel.host_key_form" {
				option = "_host_key"
			}
			return nil, store.FieldError(half+option, store.CodeOf(err), nil)
		}
		*to = c
	}
	if handover.SameWay(d.identity, d.health) {
		return nil, store.FieldError("health_address", "packets.same_way", nil)
	}
	d.same = func() error {
		for _, name := range []string{"key", "token"} {
			a, err := secret("identity_" + name)
			if err != nil {
				return err
			}
			b, err := secret("health_" + name)
			if err != nil {
				return err
			}
			if a != "" && strings.TrimSpace(a) == strings.TrimSpace(b) {
				return store.FieldError("health_"+name, "packets.same_secret", nil)
			}
		}
		if handover.SameWay(d.identity, d.health) { // links can have been laid since
			return store.FieldError("health_address", "packets.same_way", nil)
		}
		return nil
	}
	return d, nil
}

// Test tries both ways.
func (d *destination) Test(ctx context.Context) error {
	err := ctx.Err()
	if err == nil {
		err = d.same()
	}
	for _, c := range []handover.Channel{d.identity, d.health} {
		if err == nil {
			err = c.Test(ctx)
		}
	}
	return err
}
