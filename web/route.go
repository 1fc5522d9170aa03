package web

import (
	"net/http"

	"samband/store"
)

// handler answers a request. What it returns as an error is answered by Server.fail; it must then not have written.
type handler func(*Server, http.ResponseWriter, *http.Request) error

// route is one line of the table: what can be asked for, the right it needs, and where that right must hold.
type route struct {
	method, path string
	right        store.Right
	where        where
	handle       handler

	maxBody int64   // bytes that a request may carry
	limit   *bucket // how often one client may ask
	isBare  bool    // answered without looking for a session
	isPoll  bool    // asked for by open pages on their own: not a sign that the person is there
	reading string  // what the log says of who was shown this; "": nothing
	isTold  bool    // the handler writes to the log itself, for what it shows decides
	isFresh bool    // carried out only for who proved a short while ago who they are
	isStop  bool    // also carried out for who came in by an emergency code
}

// where tells in which registry a right must hold. The zero value is the whole portal.
type where struct {
	// of finds the registry of the object that the request is about; store.NotFound when there is no such object.
	of        func(*Server, *http.Request) (registryID string, err error)
	somewhere bool
}

var (
	// portal: the right must hold for the whole portal.
	portal = where{}
	// somewhere: the right must hold in one registry at least. For lists: the handler shows what Person.Registries
	// allows and no more.
	somewhere = where{somewhere: true}
)

// in says that the right must hold in the registry that find gives. Objects of registries that the person can't see
// don't exist for them.
func in(find func(*Server, *http.Request) (string, error)) where { return where{of: find} }

const defaultMaxBody = 1 << 20

func get(path string, right store.Right, at where, h handler) *route {
	return &route{method: http.MethodGet, path: path, right: right, where: at, handle: h, maxBody: defaultMaxBody}
}

func post(path string, right store.Right, at where, h handler) *route {
	rt := get(path, right, at, h)
	rt.method = http.MethodPost
	return rt
}

// carries sets how many bytes a request may carry; 1 MiB otherwise.
func (rt *route) carries(bytes int64) *route { rt.maxBody = bytes; return rt }

// limited sets how often one client may ask.
func (rt *route) limited(b *bucket) *route { rt.limit = b; return rt }

// bare answers without looking for a session. Only for what is the same to everyone.
func (rt *route) bare() *route { rt.isBare = true; return rt }

// polled marks what open pages ask for by themselves: it doesn't keep a session alive.
func (rt *route) polled() *route { rt.isPoll = true; return rt }

// fresh marks what decides about an approval, about somebody's access or about keys: whoever sends it must have proved
// who they are within the last minutes. Otherwise they are led to a login, and the form is shown to them again.
func (rt *route) fresh() *route { rt.isFresh = true; return rt }

// stops marks what also the emergency account may do: stop, revoke, end and look. All else that changes something waits
// until the identity provider is back.
func (rt *route) stops() *route { rt.isStop = true; return rt }

// calm tells whether the route is kept from the emergency account.
func (rt *route) calm() bool {
	return rt.method != http.MethodGet && rt.right != store.Public && !rt.isStop
}

// reads marks what is sensitive to read: who was shown it stands in the log, as this action. The same page, shown again
// to the same person within ten minutes, is the same reading.
func (rt *route) reads(action string) *route { rt.reading = action; return rt }

// told marks a page whose handler writes to the log what it showed.
func (rt *route) told() *route { rt.isTold = true; return rt }

// serves makes a handler of an http.Handler.
func serves(h http.Handler) handler {
	return func(_ *Server, w http.ResponseWriter, r *http.Request) error {
		h.ServeHTTP(w, r)
		return nil
	}
}
