// Package fakeserver plays Helsenorge's service for privacy settings, as contracts/helsenorge.md part 2 tells of it, with
// the ways in which it can fail. Persons are synthetic.
package fakeserver

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Instance is one person's active choice.
type Instance struct {
	Number  string
	Seq     int64
	Made    string
	Changed string
	More    map[string]any // members beside those of the contract
}

// Server is the service, with one definition.
type Server struct {
	*httptest.Server
	Definition, Party, Type string
	PageSize                int

	mu    sync.Mutex
	list  []Instance
	Fault string // one of those of Faults, from now on; "" for none
	Asked int
}

// Faults are the ways in which a list isn't whole.
var Faults = []string{"page 3 fails", "wrong GUID", "wrong party", "wrong type", "loops", "no pagingReference", "no list", "HTML",
	"EPVK-101500", "401", "403", "429", "cut", "null list"}

// New starts a server, over TLS.
func New(t testing.TB, definition, party, typ string, list []Instance) *Server {
	s := &Server{Definition: definition, Party: party, Type: typ, PageSize: 50, list: list}
	s.Server = httptest.NewTLSServer(s)
	t.Cleanup(s.Close)
	return s
}

// Ail makes it fail from now on.
func (s *Server) Ail(fault string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Fault = fault
}

// ServeHTTP answers.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Asked++
	switch r.Method + " " + r.URL.Path {
	case "GET /personvern/Personverninnstillinger/HentInnbyggereAktivePiForDefinisjon/v2":
		s.active(w, r)
	case "POST /personvern/Personverninnstillinger/SettInnbyggersPersonvernInnstilling/v2":
		s.set(w, r)
	default:
		http.NotFound(w, r)
	}
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]string{"code": code, "message": "Noe er galt", "errorCategory": "Klient"})
}

func (s *Server) active(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	at, err := strconv.Atoi(q.Get("pagingReference"))
	switch {
	case err != nil || at < 0 || at > len(s.list):
		refuse(w, http.StatusBadRequest, "EPVK-101000")
		return
	case !strings.EqualFold(q.Get("definisjonGuid"), s.Definition) || !strings.EqualFold(q.Get("partKode"), s.Party), s.Fault == "EPVK-101500":
		refuse(w, http.StatusBadRequest, "EPVK-101500")
		return
	case s.Fault == "401", s.Fault == "403", s.Fault == "429":
		status, _ := strconv.Atoi(s.Fault)
		refuse(w, status, "")
		return
	case s.Fault == "page 3 fails" && at >= 2*s.PageSize:
		refuse(w, http.StatusInternalServerError, "EPVK-100000")
		return
	case s.Fault == "HTML":
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte("<html>Logg inn</html>"))
		return
	}
	end := min(at+s.PageSize, len(s.list))
	next := any(end)
	if end == len(s.list) {
		next = 0
	}
	var list []map[string]any
	for _, i := range s.list[at:end] {
		m := map[string]any{"innbyggerFnr": i.Number, "sekvensnummer": i.Seq, "opprettetTidspunkt": i.Made, "sistEndretTidspunkt": i.Changed}
		for k, v := range i.More {
			m[k] = v
		}
		list = append(list, m)
	}
	if list == nil {
		list = []map[string]any{}
	}
	answer := map[string]any{"definisjonGuid": s.Definition, "definisjonNavn": "Reservasjon mot oppføring i Testregisteret", "partKode": s.Party,
		"typePi": s.Type, "pagingReference": next, "personvernInnstillinger": list, "nyttFelt": nil}
	switch s.Fault {
	case "wrong GUID":
		answer["definisjonGuid"] = "ffffffff-0000-4697-8877-665544332211"
	case "wrong party":
		answer["partKode"] = "annen"
	case "wrong type":
		answer["typePi"] = "samtykke"
	case "loops":
		answer["pagingReference"] = max(at, 1)
	case "no pagingReference":
		delete(answer, "pagingReference")
	case "no list":
		delete(answer, "personvernInnstillinger")
	case "null list":
		answer["personvernInnstillinger"] = nil
	case "text pagingReference":
		answer["pagingReference"] = strconv.Itoa(next.(int))
	case "other casing":
		for k, v := range answer {
			delete(answer, k)
			answer[strings.ToUpper(k[:1])+k[1:]] = v
		}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	b, _ := json.Marshal(answer)
	if s.Fault == "cut" {
		w.Header().Set("Content-Length", strconv.Itoa(len(b)))
		b = b[:len(b)/2]
	}
	w.Write(b)
}

func (s *Server) set(w http.ResponseWriter, r *http.Request) {
	var x struct {
		Number string `json:"innbyggerFnr"`
		Def    string `json:"definisjonGuid"`
		Name   string `json:"definisjonNavn"`
		Party  string `json:"partKode"`
		Type   string `json:"typePi"`
		Active *bool  `json:"aktiv"`
	}
	err := json.NewDecoder(r.Body).Decode(&x)
	switch {
	case err != nil || len(x.Number) != 11 || x.Name == "" || x.Type != s.Type || x.Active == nil:
		refuse(w, http.StatusBadRequest, "EPVK-101000")
		return
	case !strings.EqualFold(x.Def, s.Definition) || !strings.EqualFold(x.Party, s.Party):
		refuse(w, http.StatusBadRequest, "EPVK-101500")
		return
	}
	said := map[string]string{"returKode": "ok", "instansEndret": "ikkeEndret"}
	at := slices.IndexFunc(s.list, func(i Instance) bool { return i.Number == x.Number })
	switch {
	case s.Fault == "ikkeOk":
		said["returKode"] = "ikkeOk"
	case *x.Active && at < 0:
		now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC).Format(time.RFC3339)
		s.list = append(s.list, Instance{Number: x.Number, Seq: 1, Made: now, Changed: now})
		said["instansEndret"] = "endret"
	case !*x.Active && at >= 0:
		s.list = slices.Delete(s.list, at, at+1)
		said["instansEndret"] = "endret"
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	json.NewEncoder(w).Encode(said)
}
