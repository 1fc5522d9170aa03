package handover

import (
	"bytes"
	"io"
	"testing"

	"samband/store"
)

func TestSeal(t *testing.T) {
	key := bytes.Repeat([]byte{1}, 32)
	seal := func(text string) []byte {
		t.Helper()
		var b bytes.Buffer
		w, err := Seal(&b, key)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, text)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	a, b := seal("hei"), seal("hei")
	if bytes.Equal(a, b) || bytes.Contains(a, []byte("hei")) {
		t.Error("the same text is sealed alike, or is readable")
	}
	r, err := Open(bytes.NewReader(a), key)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || string(got) != "hei" {
		t.Errorf("%q, %v", got, err)
	}
	for i := range a { // any changed bit is found, in the header or at the latest in the content
		x := bytes.Clone(a)
		x[i] ^= 1
		r, err := Open(bytes.NewReader(x), key)
		if err == nil {
			_, err = io.ReadAll(r)
		}
		if err == nil {
			t.Errorf("byte %d changed, and nobody noticed", i)
		}
	}
	if _, err := Open(bytes.NewReader(a), bytes.Repeat([]byte{2}, 32)); store.CodeOf(err) != "delivery.key" {
		t.Error(err)
	}
	for _, key := range [][]byte{nil, {}, make([]byte, 16)} {
		if _, err := Seal(io.Discard, key); store.CodeOf(err) != "delivery.key" {
			t.Error("sealed under a key of", len(key), "bytes:", err)
		}
	}
}
