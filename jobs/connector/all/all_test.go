package all

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"samband/store"
	"samband/store/text"
)

// TestTable holds that each connector is what the table and the forms need: a folder and a name of its own, a role it
// can play, and options that people can read in every language.
func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Connectors() {
		k := c.Kind
		if seen[k.Name] {
			t.Errorf("%s stands twice", k.Name)
		}
		seen[k.Name] = true
		if _, err := os.Stat(filepath.Join("..", k.Name, "doc.go")); err != nil {
			t.Errorf("%s has no folder that says what it is: %v", k.Name, err)
		}
		for _, r := range k.Roles {
			if r == store.Source && c.OpenSource == nil && c.OpenPager == nil && !k.Consents {
				t.Errorf("%s is no source, and says it is", k.Name)
			}
			if r == store.Destination && (c.OpenDestination == nil || !slices.Contains(store.Tiers, k.Tier)) {
				t.Errorf("%s is no destination, or doesn't say what it promises", k.Name)
			}
		}
		if k.Consents != (c.OpenConsents != nil) || k.Consents && (c.OpenSource != nil || c.OpenPager != nil || c.OpenDestination != nil) {
			t.Errorf("%s gives people's choices and nothing else, or rows and nothing else", k.Name)
		}
		for _, o := range k.Options {
			key := "option." + k.Name + "." + o.Name
			keys := []string{key, key + ".help"}
			for _, v := range o.Choices {
				keys = append(keys, key+"."+v)
			}
			for _, key := range keys {
				for _, lang := range []text.Lang{text.NB, text.NN, text.EN} {
					if s := text.T(lang, key); !text.Has(key) || s == "" {
						t.Errorf("%s: no text in %s", key, lang)
					}
				}
			}
		}
	}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		switch e.Name() {
		case "all", "connectortest", "handover", "httpx", "helseid": // the floor they stand on
			continue
		}
		if e.IsDir() && !seen[e.Name()] {
			t.Errorf("%s is not in the table", e.Name())
		}
	}
}
