package pages

import (
	"fmt"
	"strings"
	"testing"

	"samband/web/e2e/browser"
)

// TestForms sends each form with something wrong in it, past the browser's own checks. The answer is 422 with what was
// written still there, what is wrong said at the field, and above it a summary that has the focus and leads to the field.
func TestForms(t *testing.T) {
	s := start(t)
	s.fill()
	tabs := map[string]*browser.Tab{coordinator: s.tab(t, coordinator, browser.Options{}), admin: s.tab(t, admin, browser.Options{})}
	for _, c := range []struct {
		who, path, form string
		write           map[string]string // field → what is written there
		field           string            // the one that is wrong
		says            string            // part of what is said at it
	}{
		{coordinator, "/registries/new", `main form[method=post]`, map[string]string{"name": "Prøve", "id": "Ikke Gyldig!"}, "id", "små bokstaver"},
		{coordinator, "/registries/hjertekirurgi/edit", `main form[method=post]`, map[string]string{"name": ""}, "name", "Fyll ut"},
		{coordinator, "/integrations/new", `main form[method=post]`, map[string]string{"name": "Prøve", "id": "prove"}, "registry", "Fyll ut"},
		{coordinator, demoPath + "/edit", `main form[method=post]`, map[string]string{"max_quarantined": "åtte"}, "max_quarantined", "tall"},
		{admin, demoPath + "/schedule", `form[action$="/schedule"]`, map[string]string{"time": "", "pattern": "daily"}, "time", "Fyll ut"},
		{admin, demoPath + "/schedule", `form[action$="/pause"]`, map[string]string{"pause_reason": ""}, "pause_reason", "Fyll ut"},
		{admin, "/systems/new", `main form[method=post]`, map[string]string{"name": strings.Repeat("lang ", 100), "id": "lang"}, "name", "tegn"},
		{admin, "/systems/rdap/connections/demo-sykehus/edit", `main form[action$="/demo-sykehus"]`, map[string]string{"option.folder": ""}, "option.folder", "Fyll ut"},
		{coordinator, "/ros/new", `main form[method=post]`, map[string]string{"title": "", "id": "prove"}, "title", "Fyll ut"},
		{coordinator, "/runs/4", `form[action$="/decide"]`, map[string]string{"reason": ""}, "reason", "Fyll ut"},
	} {
		t.Run(c.path, func(t *testing.T) {
			tab := tabs[c.who]
			tab.On(t)
			tab.Go(s.URL + c.path)
			for name, value := range c.write {
				field := fmt.Sprintf("%s [name=%q]", c.form, name)
				if tab.Count(field) == 0 {
					t.Fatalf("the form has no field %s, only %s", name, browser.Eval[string](tab,
						fmt.Sprintf(`[...document.querySelector(%q).elements].map(e => e.name).join(" ")`, c.form)))
				}
				browser.Eval[bool](tab, fmt.Sprintf(`(() => {
					const [f, v] = [document.querySelector(%q), %q];
					if (f.type === "radio") f.form.elements[f.name].value = v; else f.value = v;
					return true;
				})()`, field, value))
			}
			// The browser would hold a required field back; not every browser does.
			browser.Eval[bool](tab, fmt.Sprintf(`document.querySelector(%q).noValidate = true`, c.form))
			tab.Click(c.form + " button:not([formaction])")
			tab.Wait(".ds-error-summary")

			if got := browser.Eval[int](tab, `performance.getEntriesByType("navigation")[0].responseStatus`); got != 422 {
				t.Errorf("the status is %d", got)
			}
			field := fmt.Sprintf("[name=%q]", c.field)
			if !browser.Eval[bool](tab, `document.activeElement.closest(".ds-error-summary") !== null`) {
				t.Errorf("the focus is on %s, not on the summary", tab.Focus())
			}
			if got := browser.Eval[string](tab, fmt.Sprintf(`document.querySelector(%q).getAttribute("aria-invalid") || ""`, field)); got != "true" {
				t.Errorf("aria-invalid of %s is %q", c.field, got)
			}
			said := browser.Eval[string](tab, fmt.Sprintf(`(document.querySelector(%q).getAttribute("aria-describedby") || "").split(" ")
				.map(id => document.getElementById(id)?.innerText || "").join(" ")`, field))
			if said == "" || !strings.Contains(said, c.says) {
				t.Errorf("at %s it says %q, not %q", c.field, said, c.says)
			}
			for name, value := range c.write {
				if got := browser.Eval[string](tab, fmt.Sprintf(`(f => f.form.elements[f.name].value)(document.querySelector("%s [name='%s']"))`,
					strings.ReplaceAll(c.form, `"`, `'`), name)); got != value {
					t.Errorf("%s held %q and now %q", name, value, got)
				}
			}
			shot(tab, "form"+strings.ReplaceAll(c.path, "/", "-"))
			tab.Problems() // the browser notes the status 422 itself
			tab.Sound()
			tab.Click(fmt.Sprintf(".ds-error-summary a[href='#%s']", browser.Eval[string](tab, fmt.Sprintf("document.querySelector(%q).id", field))))
			if got := browser.Eval[string](tab, "document.activeElement.name || ''"); got != c.field {
				t.Errorf("the summary leads to %q (%s), not to %q", got, tab.Focus(), c.field)
			}
		})
	}
}
