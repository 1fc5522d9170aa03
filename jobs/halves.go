package jobs

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"samband/jobs/connector"
	"samband/jobs/outgoing/identity"
	"samband/store"
	"samband/store/vault/consent"
)

// halves gives what an integration needs that sends identity and health apart.
func (j *Jobs) halves(q *store.GateQuestion) (*connector.Halves, error) {
	// The receiver knows a record by its name in every run, so the names come of the link key's first version for good.
	key, err := hkdf.Key(sha256.New, j.linkKey, nil, "samband/v1/record|"+q.Registry.ID+"|"+q.Integration.ID, sha256.Size)
	if err != nil {
		return nil, store.Wrap(err, store.Internal, "packet.key", nil)
	}
	return &connector.Halves{Registry: q.Registry.ID, Integration: q.Integration.ID, LinkKey: j.linkKey, LinkVersion: 1, RecordKey: key,
		Signing: j.signing, Dir: j.Dir.Spools(), Identities: &identity.Side{Vault: j.vault, Registry: q.Registry.ID}}, nil
}

// asks lets the identity side ask people's choices of everybody, anew each time that it is about to say or write who they
// are. It gives a name for the state of the lists as they stand when the run begins.
func (a *attempt) asks(ctx context.Context, side connector.Identities) (string, error) {
	s, ok := side.(*identity.Side)
	if !ok {
		return "", nil
	}
	s.Choices = func(ctx context.Context) (func(string) bool, error) {
		view, err := a.choices(ctx)
		if err != nil || view.Empty() {
			return nil, err
		}
		return a.may(view), nil
	}
	view, err := a.choices(ctx)
	if err != nil || view.Empty() {
		return "", err
	}
	var lists []string
	for _, l := range view.Lists() {
		lists = append(lists, l.Name+":"+strconv.FormatInt(l.Snapshot, 10))
	}
	sum := sha256.Sum256([]byte(strings.Join(lists, "\n")))
	return hex.EncodeToString(sum[:8]), nil
}

// may tells of a person's number whether what is known of them may go out. One that nobody can read may not.
func (a *attempt) may(view *consent.View) func(string) bool {
	rules, index, now := a.j.idents(&a.q), a.j.vault.NewIndexer(nil), a.j.Clock.Now()
	return func(number string) bool {
		key, ok := personKey(store.NewSecret(number), rules, now)
		if !ok {
			return false
		}
		in, _ := view.Ask(index.Index(key))
		return in
	}
}
