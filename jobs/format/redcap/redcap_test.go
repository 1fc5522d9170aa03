package redcap

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"samband/store"
)

func fixture(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/redcap.csv")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestFixture(t *testing.T) {
	d, err := Read(fixture(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range d.Variables {
		fmt.Printf("%+v\n", v)
	}
	for _, v := range d.Defects {
		fmt.Printf("%+v\n", v)
	}
	_ = strings.Clone
	_ = slices.Contains[[]string]
	_ = store.VarText
}
