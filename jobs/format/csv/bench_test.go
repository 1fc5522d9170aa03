package csv

import (
	"bytes"
	"fmt"
	"io"
	"testing"
)

// extract makes rows of 20 columns in the shape of a hospital extract: about four in ten hold a quoted field, some
// with doubled quotes, delimiters or a line end.
func extract(rows int) []byte {
	var b bytes.Buffer
	b.WriteString("fnr;fornavn;etternavn;postnr;kjonn;fodselsdato;episode_id;avdeling;inn_dato;ut_dato;hoveddiagnose;" +
		"bidiagnose;prosedyre;hoyde;vekt;kreatinin;kreatinin_enhet;royker;asa;oppdatert\n")
	first := []string{"Bjørn", "Lars", "Åge", "Øyvind", "Kari", "Liv", "Ingrid", "Ole", "Jan", `"Knut ""Knutten"""`}
	last := []string{"Hansen", "Bråten", "Øverås", "Sæther", "Berg", `"Lie; født Dahl"`, "Gaup", "Åsen"}
	dept := []string{"Kirurgisk avd", "Øre-nese-hals", "Nyremedisinsk", `"Kreftavd; dagpost"`, "\"Akuttmottak\nsengepost 2\""}
	for i := range rows {
		fmt.Fprintf(&b, "01815%06d;%s;%s;%04d;%d;01.01.1950;OUS-%08d;%s;02.03.2023;09.03.2023;I21.9;I10;FNG02;17%d;"+
			"8%d,5;9%d;umol/L;%d;3;09.03.2023 10:11:12\n", i%1000000, first[i%10], last[i/3%8], i%9999, 1+i%2, i, dept[i/7%5],
			i%10, i%10, i%10, i%3)
	}
	return b.Bytes()
}

func BenchmarkRead(b *testing.B) {
	const rows = 50_000
	data := extract(rows)
	for _, enc := range []Encoding{UTF8, Windows1252} {
		b.Run(string(enc), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				r, err := NewReader(bytes.NewReader(data), Options{Encoding: enc})
				if err != nil {
					b.Fatal(err)
				}
				var x Rows
				for {
					if err := r.Read(&x); err == io.EOF {
						break
					} else if err != nil || len(x.Bad) > 0 {
						b.Fatal(err, x.Bad)
					}
				}
				if r.Count() != rows {
					b.Fatal(r.Count())
				}
			}
			b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func BenchmarkSniff(b *testing.B) {
	data := extract(50_000)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		var s Sniffer
		io.Copy(&s, struct{ io.Reader }{bytes.NewReader(data)})
		if s.Encoding() != UTF8 {
			b.Fatal(s.Encoding())
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	const rows = 10_000
	r, err := NewReader(bytes.NewReader(extract(rows)), Options{})
	if err != nil {
		b.Fatal(err)
	}
	var x Rows
	if err := r.Read(&x); err != nil {
		b.Fatal(err)
	}
	n := len(x.Cells) / x.Width
	for b.Loop() {
		w := NewWriter(io.Discard, Format{Guard: true})
		for i := range n {
			w.Row(x.Cells[i*x.Width : (i+1)*x.Width]...)
		}
		w.Flush()
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
