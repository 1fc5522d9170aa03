package canary

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"samband/store"
)

func TestPersonsAreUnlike(t *testing.T) {
	seen := map[string]Value{}
	for _, v := range Values(Persons(10_000)) {
		if was, twice := seen[v.Text]; twice {
			t.Fatalf("%v and %v", was, v)
		}
		seen[v.Text] = v
		if n := store.ScanPersonNumbers(v.Text); n > 0 != (v.Kind == "number") {
			t.Fatalf("%v reads as %d person numbers", v, n)
		}
	}
}

// wrappings are the forms that a text may lie in.
var wrappings = map[string]func([]byte) []byte{
	"plain":    func(b []byte) []byte { return b },
	"upper":    bytes.ToUpper,
	"utf-16le": func(b []byte) []byte { return units(b, 0, 2) },
	"utf-16be": func(b []byte) []byte { return units(b, 1, 2) },
	"utf-32":   func(b []byte) []byte { return units(b, 0, 4) },
	"base64":   func(b []byte) []byte { return []byte(base64.StdEncoding.EncodeToString(b)) },
	"base64+1": func(b []byte) []byte { return []byte(base64.URLEncoding.EncodeToString(append([]byte("\xff"), b...))) },
	"base64+2": func(b []byte) []byte {
		return []byte(base64.RawURLEncoding.EncodeToString(append([]byte("\xfe?"), b...)))
	},
	"base64 in an id": func(b []byte) []byte {
		return []byte("id-x" + base64.RawURLEncoding.EncodeToString(b) + ".x")
	},
	"base64 in lines": func(b []byte) []byte {
		s := base64.StdEncoding.EncodeToString(b)
		var lines []string
		for part := range slices.Chunk([]byte(s), 19) {
			lines = append(lines, string(part))
		}
		return []byte(strings.Join(lines, "\r\n"))
	},
	"hex":          func(b []byte) []byte { return []byte(hex.EncodeToString(b)) },
	"HEX":          func(b []byte) []byte { return []byte(strings.ToUpper(hex.EncodeToString(b))) },
	"hex, odd":     func(b []byte) []byte { return []byte("x'a" + hex.EncodeToString(b) + "'") },
	"query":        func(b []byte) []byte { return []byte("?q=" + url.QueryEscape(string(b))) },
	"percent, all": func(b []byte) []byte { return each(b, "%%%02X") },
	"quoted":       func(b []byte) []byte { return each(b, "=%02X") },
	"json, all":    func(b []byte) []byte { return each(b, `\u%04x`) },
	"json":         func(b []byte) []byte { out, _ := json.Marshal(string(b)); return out },
	"html":         func(b []byte) []byte { return each(b, "&#%d;") },
	"html, hex":    func(b []byte) []byte { return each(b, "&#x%x;") },
	"gzip": func(b []byte) []byte {
		var out bytes.Buffer
		z := gzip.NewWriter(&out)
		z.Write(b)
		z.Close()
		return out.Bytes()
	},
	"zlib": func(b []byte) []byte {
		var out bytes.Buffer
		z := zlib.NewWriter(&out)
		z.Write(b)
		z.Close()
		return out.Bytes()
	},
	"zip": func(b []byte) []byte {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		f, _ := z.Create("sheet1.xml")
		f.Write(b)
		z.Close()
		return out.Bytes()
	},
}

// texts are the forms that text alone has, and packs those that give other bytes than text.
var (
	texts = map[string]bool{"utf-16le": true, "utf-16be": true, "utf-32": true, "json, all": true, "json": true, "html": true, "html, hex": true}
	packs = map[string]bool{"gzip": true, "zlib": true, "zip": true, "utf-16le": true, "utf-16be": true, "utf-32": true}
)

func units(b []byte, at, size int) (out []byte) {
	for _, u := range utf16.Encode([]rune(string(b))) {
		unit := make([]byte, size)
		if at == 0 {
			unit[0], unit[1] = byte(u), byte(u>>8)
		} else {
			unit[0], unit[1] = byte(u>>8), byte(u)
		}
		out = append(out, unit...)
	}
	return out
}

func each(b []byte, format string) (out []byte) {
	if strings.Contains(format, "u") || strings.Contains(format, "&") { // of characters, not of bytes
		for _, c := range string(b) {
			out = fmt.Appendf(out, format, c)
		}
		return out
	}
	for _, c := range b {
		out = fmt.Appendf(out, format, c)
	}
	return out
}

// Whatever form a value lies in, and whatever form that lies in, it is found: the check can fail.
func TestScannerFinds(t *testing.T) {
	persons := Persons(600)
	s := New(Values(persons))
	p := persons[431]
	number := p.Number
	for _, text := range []string{number, p.Typo, p.Given, p.Family, p.Phone, p.Email, p.Address,
		number[:6] + " " + number[6:], number[:2] + "." + number[2:4] + "." + number[4:6] + " - " + number[6:],
		number[:6] + "\u00a0" + number[6:9] + " " + number[9:], "00" + number + "7", "+47" + p.Phone, "0047" + p.Phone} {
		for outer, wrap := range wrappings {
			for inner, first := range wrappings {
				if outer == "upper" && inner != "plain" || texts[outer] && packs[inner] {
					continue // it doesn't come out again
				}
				whole := append(append([]byte("før det; "), wrap(append(append([]byte("pas. "), first([]byte(text))...), " kom"...))...), ";\x01etter"...)
				if found := s.Scan(whole); len(found) == 0 || found[0].Person != 431 {
					t.Errorf("%q in %s in %s: %v", text, inner, outer, found)
				}
			}
		}
	}
}

// What is nobody's is not found.
func TestScannerFindsNothingElse(t *testing.T) {
	persons := Persons(10_000)
	s := New(Values(persons[1:]))
	p := persons[0]
	noise := make([]byte, 4<<20)
	rand.Read(noise)
	var numbers bytes.Buffer
	for i := range 20_000 {
		fmt.Fprintf(&numbers, "%d %x 2026-01-%02d %s\n", int64(i)*1_000_003_000_017, noise[i*16:i*16+16], i%28+1, p.Number)
	}
	for name, b := range map[string][]byte{"another person": fmt.Appendf(nil, "%+v", p), "noise": noise, "digits": numbers.Bytes(),
		"in a longer series": []byte("1" + persons[1].Phone + " " + persons[1].Phone + "1")} {
		if found := s.Scan(b); len(found) > 0 {
			t.Errorf("%s: %v", name, found)
		}
	}
}
