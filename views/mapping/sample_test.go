package mapping

import (
	"strconv"
	"strings"
	"testing"

	"samband/store"
	"samband/store/text"
	"samband/views/layout"
)

// A file of thousands of columns that are not read says how many, and names only some.
func TestManyExtraColumns(t *testing.T) {
	var names []string
	for i := range 20_000 {
		names = append(names, "kolonne_"+strconv.Itoa(i))
	}
	var b strings.Builder
	base := Base{Integration: store.Integration{ID: "i"}}
	if err := ExtraColumns(layout.Ctx{Lang: text.NB}, &base, names).Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); len(s) > 2000 || !strings.Contains(s, "kolonne_29 og 19\u00a0970 til") || strings.Contains(s, "kolonne_30") {
		t.Errorf("%d bytes: %.600s", len(s), s)
	}
}
