package packet

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// What holds both halves, or a key, shows neither where it is printed.
func TestJoinedRowsPrintMasked(t *testing.T) {
	row := Joined{Identity: []string{"17837130158", "Kanari"}, Health: []string{"I21.9"}, Record: []byte("opphold")}
	m := Manifest{Run: "run-1", RecordKey: []byte("hemmelig hemmelig hemmelig 32 byt")}
	for _, v := range []any{row, &row, []Joined{row}, map[string]Joined{"k": row}, struct{ V Joined }{row}, m, &m, []Manifest{m}} {
		var b bytes.Buffer
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			fmt.Fprintf(&b, verb+"\n", v)
		}
		slog.New(slog.NewTextHandler(&b, nil)).Info("x", "v", v)
		if _, manifest := v.(Manifest); !manifest {
			if j, err := json.Marshal(v); err == nil && bytes.Contains(j, []byte("Identity")) {
				t.Errorf("%T in JSON: %s", v, j)
			}
		}
		for _, clear := range []string{"17837130158", "Kanari", "I21.9", "opphold", "hemmelig", fmt.Sprintf("%x", "hemmelig"), fmt.Sprint([]byte("hem"))[1:9]} {
			if strings.Contains(b.String(), clear) {
				t.Errorf("%T shows %q", v, clear)
			}
		}
	}
	j, err := json.Marshal(m)
	if err != nil || !bytes.Contains(j, []byte(`"record_key":"aGVtbWVsaWc`)) {
		t.Errorf("the manifest has no key: %s %v", j, err)
	}
}
