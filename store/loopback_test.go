package store

import "testing"

func TestLoopback(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "LOCALHOST:80": true, "127.0.0.1": true, "127.9.9.9:8080": true, "[::1]:80": true, "::1": true,
		"[::1]": true, "::ffff:127.0.0.1": true, "": false, ":8080": false, "0.0.0.0:8080": false, "10.0.0.1": false,
		"localhost.example.no": false, "127.0.0.1.example.no": false, "[::]:80": false,
	} {
		if got := Loopback(host); got != want {
			t.Errorf("%q: %v", host, got)
		}
	}
}
