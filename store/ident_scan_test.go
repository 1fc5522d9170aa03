package store

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestScanPersonNumbers(t *testing.T) {
	for text, want := range map[string]int{
		"":                                        0,
		"pas. 17837130158 innlagt":                1,
		"17837130158":                             1,
		"(17837130158)":                           1,
		"fnr:17837130158,neste":                   1,
		"pasient17837130158innlagt":               1,
		"178371 30158":                            1,
		"178371\u00a030158":                       1,
		"178371-30158":                            1,
		"178371–30158":                            1,
		"178371 - 30158":                          1,
		"17.83.71 30158":                          1,
		"17 83 71 301 58":                         1,
		"178371\r\n30158":                         1,
		"kl 12 178371 30158 mg 5":                 1,
		"１７８３７１３０１５８":                             1,
		"١٧٨٣٧١ ٣٠١٥٨":                            1,
		"17837130166 og 61829033371, 09415541551": 3, // extended rule, D-number, H-number
		"81234511270":                             1,
		"30108299920":                             1, // real series: any environment's
		"29820012346":                             1, // 29 February 00: of some century
		"17837130158 17837130158":                 2,
		"17837130150":                             0, // control digit
		"00000000000":                             0,
		"178371301580":                            0, // one digit more
		"117837130158":                            0,
		"1783713015":                              0,
		"178 37130158":                            0, // not a place where people put a space
		"178371    30158":                         0, // four columns apart
		"12.03.2024 120/80, tlf. 22 33 44 55":     0,
		"2024-03-12T14:30:00, 1.78371E+10":        0,
		"1\xff7837130158":                         0,
		"\u0967":                                  0,
	} {
		if got := ScanPersonNumbers(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestDigitAtReadsEveryDecimalDigit(t *testing.T) {
	// Each block of decimal digits in Unicode, by its zero.
	for zero := rune(0); zero <= unicode.MaxRune; zero++ {
		if !unicode.IsDigit(zero) {
			continue
		}
		for v := range rune(10) {
			s := string(zero + v)
			if got, size, ok := digitAt(s); !ok || got != byte(v) || size != utf8.RuneLen(zero+v) {
				t.Fatalf("%U: %d %d %v, want %d", zero+v, got, size, ok, v)
			}
		}
		zero += 9
	}
}

func TestScanFindsWhatIsPutIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clear := drawNumber(t, rapid.IntRange(0, 3).Draw(t, "remainder")).Reveal()
		if rapid.Bool().Draw(t, "spaced") {
			clear = clear[:6] + rapid.SampledFrom([]string{" ", "\u00a0", "-", "."}).Draw(t, "sep") + clear[6:]
		}
		word := rapid.StringOfN(rapid.RuneFrom(nil, unicode.Letter), 1, 5, -1)
		before := rapid.String().Draw(t, "before") + word.Draw(t, "word before")
		after := word.Draw(t, "word after") + rapid.String().Draw(t, "after")
		text := before + clear + after
		if ScanPersonNumbers(text) < 1 {
			t.Fatalf("not found in %q", text)
		}
	})
}

func FuzzScanPersonNumbers(f *testing.F) {
	for _, s := range []string{"", "pas. 17837130158 innlagt", "178371 30158", "12.03.2024 120/80", "١٧٨٣٧١ ٣٠١٥٨",
		"\xff\xc3", "1 2 3", strings.Repeat("9", 40), "17 83 71 301 58 "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := ScanPersonNumbers(s)
		if n*11 > len(s) {
			t.Fatalf("%d numbers in %d bytes", n, len(s))
		}
		if got := ScanPersonNumbers(s + "x17837130158x" + s); got != 2*n+1 {
			t.Fatalf("%q: %d alone, %d twice with one between", s, n, got)
		}
	})
}

func BenchmarkScanPersonNumbers(b *testing.B) {
	text := strings.Repeat("Pasienten ble innlagt 12.03.2024 kl. 14.30 med brystsmerter, BT 120/80, troponin 14. ", 10)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if ScanPersonNumbers(text) != 0 {
			b.Fatal("found one")
		}
	}
}
