package web

import (
	"net/http"
	"slices"
	"strings"

	"samband/store/text"
	"samband/views/layout"
	"samband/web/auth"
)

const preferencesAge = 365 * 24 * 60 * 60 // seconds

// preferences remembers in which language and colour scheme the reader wants the pages, also without login.
func (s *Server) preferences(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	lang, theme := preferencesOf(s, r)
	if f.has("lang") {
		lang = text.Lang(f.choice("lang", languages...))
	}
	if f.has("theme") {
		theme = layout.Theme(f.choice("theme", string(layout.Auto), string(layout.Light), string(layout.Dark)))
	}
	if err := f.errors.OrNil(); err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{
		Name: preferencesCookie(s), Value: string(lang) + "." + string(theme), Path: "/", MaxAge: preferencesAge,
		Secure: s.Auth.Secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
	return redirect(w, r, auth.LocalPath(f.value("back")))
}

var languages = []string{string(text.NB), string(text.NN), string(text.EN)}

func preferencesCookie(s *Server) string {
	if s.Auth.Secure() {
		return "__Host-samband-look"
	}
	return "samband-look"
}

// preferencesOf reads the reader's choice; bokmål, as the machine has it, when there is none.
func preferencesOf(s *Server, r *http.Request) (text.Lang, layout.Theme) {
	c, err := r.Cookie(preferencesCookie(s))
	if err != nil {
		return text.NB, layout.Auto
	}
	lang, theme, _ := strings.Cut(c.Value, ".")
	if !slices.Contains(languages, lang) {
		lang = string(text.NB)
	}
	return text.Lang(lang), layout.ParseTheme(theme)
}

func langOf(s *Server, r *http.Request) text.Lang {
	lang, _ := preferencesOf(s, r)
	return lang
}
