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

func TestScanWritten(t *testing.T) {
	for text, want := range map[string]int{
		"1783713.0158":                             1,
		"178371\u200b30158":                        1,
		"1\u200b7\u00ad8\u2060371\ufeff30158":      1,
		"178371\u00a030158":                        1,
		"178371_30158":                             1,
		"178371    30158":                          1,
		"178371 / 30158":                           1,
		"178371⁄30158":                             1,
		"178371−30158":                             1,
		"1 7 8 3 7 1 3 0 1 5 8":                    1,
		"1.7.8-3 7 1_3/0 1 5 8":                    1,
		"pasient 178 371 301 58 innlagt":           1,
		"sak 2 gjelder 178 37130158":               1,
		"¹⁷⁸³⁷¹³⁰¹⁵⁸":                              1,
		"₁₇₈₃₇₁ ₃₀₁₅₈":                             1,
		"①⑦⑧③⑦①③⓪①⑤⑧":                              1,
		"𝟏𝟕𝟖𝟑𝟕𝟏𝟑𝟎𝟏𝟓𝟖":                              1,
		"１７８３７１．３０１５８":                             1,
		"17837130158 og 178 371 30158":             2,
		"":                                         0,
		"gjelder fra 12.03.2024 til 1.4.2025":      0,
		"12.03.2024 120/80, tlf. 22 33 44 55":      0,
		"ring +47 22 33 44 55 eller 0047 22334455": 0,
		"2026-11-23T15:19:53.123456789Z":           0,
		"2026-11-23 15.19.53":                      0,
		"sak 2026/123456 og 24/01234-5":            0,
		"1 234 567 890,50 kr":                      0,
		"REK 2019/1234, org.nr. 974 706 490":       0,
		"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08": 0,
		"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20":               0,
		"10.120.30.40 og 192.168.1.12":                                     0,
		"versjon 1.7.8, post 0371, rom 30158":                              0,
		"178371301580":                                                     0,
		"1783713015":                                                       0,
	} {
		if got := ScanWritten(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

// TestScanWrittenFindsWhatIsFound: what a value of a delivery is stopped for is stopped in a form, too.
func TestScanWrittenFindsWhatIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clear := drawNumber(t, rapid.IntRange(0, 3).Draw(t, "remainder")).Reveal()
		between := rapid.SampledFrom([]string{"", "\u200b", ".", " ", "\u00a0", "_", "-"})
		var hidden strings.Builder
		for i := range clear {
			hidden.WriteString(clear[i:i+1] + between.Draw(t, "between"))
		}
		if text := "pas " + hidden.String() + " inn"; ScanWritten(text) != 1 {
			t.Fatalf("not found in %q", text)
		}
	})
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
