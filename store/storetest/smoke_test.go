package storetest_test

import "testing"

func TestOpen(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		if err := d.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
		e.open(t)
	})
}
