package web

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"samband/views/entry"
	"samband/web/auth"
)

// keptPath shows a form again that no page of ours has.
const keptPath = "/kept"

// keep keeps the form of a request whose sender has to log in first. It gives the page that will show it again, and
// tells whether it is kept. Files and secrets never are.
func (s *Server) keep(r *http.Request) (page string, kept bool) {
	page = cameFrom(r)
	if !s.hasPage(page) {
		page = keptPath
	}
	f, err := s.form(r)
	if err != nil {
		return page, false
	}
	fields := url.Values{}
	for name, values := range f.values {
		if !secretField(name) {
			fields[name] = values
		}
	}
	kept, err = s.Auth.Keep(r, visitOf(r).session, auth.Kept{Page: page, Action: r.URL.RequestURI(), Fields: fields})
	if err != nil {
		s.logFailure(r, http.StatusInternalServerError, err)
		return page, false
	}
	return page, kept
}

// hasPage tells whether a local path is the address of a page, and not only of something that is sent.
func (s *Server) hasPage(path string) bool {
	probe, err := http.NewRequest(http.MethodGet, path, nil)
	if err != nil || auth.ReturnPath(path) == "/" {
		return false
	}
	_, pattern := s.mux.Handler(probe)
	rt := s.byPath[pattern]
	return rt != nil && !rt.isBare
}

// secretField tells by its name whether a field holds a secret.
func secretField(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc([]string{"secret", "password", "token"}, func(s string) bool { return strings.Contains(name, s) })
}

// lookForKept finds the form that waits for the reader on the page that they ask for.
func (s *Server) lookForKept(rt *route, r *http.Request) (err error) {
	v := visitOf(r)
	if v.session == nil || r.Method != http.MethodGet || rt.isPoll || r.Header.Get("HX-Request") == "true" {
		return nil
	}
	v.kept, err = s.Auth.Kept(r, v.session, r.URL.Path)
	return err
}

// keptPage shows a form that no page of ours has: one that came from a page that was itself the answer to a form.
func (s *Server) keptPage(w http.ResponseWriter, r *http.Request) error {
	k := visitOf(r).kept
	if k == nil {
		return redirect(w, r, "/")
	}
	return s.page(w, r, entry.KeptPage(s.ctx(w, r), sentForm(k.Action, k.Fields)))
}

// showKept puts what was written into the form of a page that is about to be shown, and forgets it. A page that
// doesn't have the form any more gives way to one that shows what was written.
func (s *Server) showKept(w http.ResponseWriter, r *http.Request, page []byte) ([]byte, error) {
	v := visitOf(r)
	filled, ok := refill(page, v.kept)
	if !ok {
		var b bytes.Buffer
		if err := entry.KeptPage(s.frame(r), sentForm(v.kept.Action, v.kept.Fields)).Render(r.Context(), &b); err != nil {
			return nil, err
		}
		filled = b.Bytes()
	}
	return filled, s.Auth.Shown(w, r, v.session)
}

// refill puts the fields of k into the form of page that posts to k.Action, and unfolds what hides it. It tells
// whether there is such a form. Of several with that address it takes the one whose button was pressed.
func refill(page []byte, k *auth.Kept) ([]byte, bool) {
	tokens := tokenize(page)
	form, end := findForm(tokens, k)
	if form < 0 {
		return page, false
	}
	for _, i := range enclosing(tokens, form, atom.Details) {
		tokens[i].set("open", "")
	}
	used := map[string]int{} // fields of one name that stand several times are filled in their order
	choice := ""             // name of the select that we are in
	for i := form; i < end; i++ {
		t := &tokens[i]
		name := t.attr("name")
		values, sent := k.Fields[name]
		switch {
		case t.Type == html.EndTagToken && t.DataAtom == atom.Select:
			choice = ""
		case t.Type != html.StartTagToken && t.Type != html.SelfClosingTagToken:
		case t.DataAtom == atom.Select:
			choice = name
		case t.DataAtom == atom.Option && k.Fields.Has(choice):
			t.mark("selected", slices.Contains(k.Fields[choice], t.attr("value")))
		case t.DataAtom == atom.Textarea && sent:
			// Its text is the one token after it, or none. A line break right after the tag isn't part of the text.
			t.raw = append(t.raw, "\n"+html.EscapeString(values[min(used[name], len(values)-1)])...)
			used[name]++
			if tokens[i+1].Type == html.TextToken {
				tokens[i+1].raw = nil
			}
		case t.DataAtom == atom.Input:
			switch t.attr("type") {
			case "checkbox", "radio":
				value := t.attr("value")
				if value == "" {
					value = "on"
				}
				t.mark("checked", slices.Contains(values, value))
			case "file", "password", "submit", "button", "image", "reset":
			default:
				if sent {
					t.set("value", values[min(used[name], len(values)-1)])
					used[name]++
				}
			}
		}
	}
	var b bytes.Buffer
	for i := range tokens {
		b.Write(tokens[i].bytes())
	}
	return b.Bytes(), true
}

// token is a piece of a page: as it stands there, until it is changed.
type token struct {
	html.Token
	raw     []byte
	changed bool
}

func tokenize(page []byte) []token {
	var list []token
	z := html.NewTokenizer(bytes.NewReader(page))
	for z.Next() != html.ErrorToken {
		raw := bytes.Clone(z.Raw()) // before Token, which may change it
		list = append(list, token{Token: z.Token(), raw: raw})
	}
	return list
}

func (t *token) bytes() []byte {
	if t.changed {
		return []byte(t.Token.String())
	}
	return t.raw
}

func (t *token) attr(name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func (t *token) set(name, value string) {
	t.Attr = slices.DeleteFunc(t.Attr, func(a html.Attribute) bool { return a.Key == name })
	t.Attr, t.changed = append(t.Attr, html.Attribute{Key: name, Val: value}), true
}

// mark sets or takes away an attribute that has no value.
func (t *token) mark(name string, on bool) {
	if on {
		t.set(name, "")
		return
	}
	t.Attr = slices.DeleteFunc(t.Attr, func(a html.Attribute) bool { return a.Key == name })
	t.changed = true
}

// findForm gives the first and the last token of the form that k was sent with, -1 when the page has none.
func findForm(tokens []token, k *auth.Kept) (form, end int) {
	form = -1
	for i := range tokens {
		if tokens[i].Type != html.StartTagToken || tokens[i].DataAtom != atom.Form || !strings.EqualFold(tokens[i].attr("method"), "post") ||
			tokens[i].attr("action") != k.Action {
			continue
		}
		last := i
		pressed := false
		for ; last < len(tokens) && !(tokens[last].Type == html.EndTagToken && tokens[last].DataAtom == atom.Form); last++ {
			if t := &tokens[last]; t.DataAtom == atom.Button && t.attr("name") != "" && k.Fields.Get(t.attr("name")) == t.attr("value") {
				pressed = true
			}
		}
		if form < 0 || pressed {
			form, end = i, last
		}
		if pressed {
			return form, end
		}
	}
	return form, end
}

// enclosing gives the elements of a kind that are open at a token.
func enclosing(tokens []token, at int, kind atom.Atom) []int {
	var open []int
	for i := range tokens[:at] {
		switch t := &tokens[i]; {
		case t.DataAtom != kind:
		case t.Type == html.StartTagToken:
			open = append(open, i)
		case t.Type == html.EndTagToken:
			open = open[:len(open)-1]
		}
	}
	return open
}
