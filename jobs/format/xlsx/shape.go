package xlsx

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// shape is what a cell's number format makes of a number.
type shape struct {
	date, clock bool
	zeros       int // the width of a format such as 0000; 0 for others
}

var general = shape{}

// readFormats reads the number format of each cell style.
func (b *Book) readFormats(name string) error {
	codes := map[string]string{}
	inCells := false
	return b.each(name, func(_ *part, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			codes[attr(e, "numFmtId")] = attr(e, "formatCode")
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if inCells && len(b.formats) < 1<<16 {
				id := attr(e, "numFmtId")
				if code, ok := codes[id]; ok {
					b.formats = append(b.formats, shapeOf(code))
				} else {
					b.formats = append(b.formats, builtin(id))
				}
			}
		}
		return nil
	})
}

// builtin gives the shape of the formats that have a number and no code (ECMA-376 part 1, 18.8.30); 27 to 36 and 50 to
// 58 are dates in East Asian languages.
func builtin(id string) shape {
	n, _ := strconv.Atoi(id)
	switch {
	case n >= 14 && n <= 17, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 58:
		return shape{date: true}
	case n == 22:
		return shape{date: true, clock: true}
	case n >= 18 && n <= 21, n >= 32 && n <= 35, n >= 45 && n <= 47:
		return shape{clock: true}
	}
	return general
}

// shapeOf reads a format code. Only its first section counts; text in quotes, after a backslash and in brackets
// (colours, languages) is no part of it, but [h] and the like count time beyond a day.
func shapeOf(code string) (s shape) {
	if n := len(code); n > 1 && n <= 15 && strings.Trim(code, "0") == "" {
		return shape{zeros: n}
	}
	months := false
scan:
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case ';':
			break scan
		case '"':
			if j := strings.IndexByte(code[i+1:], '"'); j >= 0 {
				i += j + 1
			}
		case '\\', '_', '*':
			i++
		case '[':
			j := strings.IndexByte(code[i:], ']')
			if j < 0 {
				break scan
			}
			if in := strings.ToLower(code[i+1 : i+j]); in != "" && (strings.Trim(in, "h") == "" || strings.Trim(in, "m") == "" || strings.Trim(in, "s") == "") {
				s.clock = true
			}
			i += j
		case 'y', 'Y', 'd', 'D':
			s.date = true
		case 'h', 'H', 's', 'S':
			s.clock = true
		case 'm', 'M':
			months = true
		case 'G', 'g': // General
			if strings.HasPrefix(strings.ToLower(code[i:]), "general") {
				i += len("general") - 1
			}
		case 'E', 'e', '0', '#', '?':
			if !s.date && !s.clock && !months {
				return general
			}
		}
	}
	s.date = s.date || months && !s.clock
	return s
}

// lastDay is 9999-12-31, the last day that spreadsheet programs know.
const lastDay = 2_958_465

// show gives the text of a number; what is none stays as it is.
func (s shape) show(raw string, days int64) string {
	raw = strings.TrimSpace(raw)
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return raw
	}
	if s.date || s.clock {
		if text, ok := s.time(f, days); ok {
			return text
		}
	}
	return s.number(f, raw)
}

// number writes f with the 15 digits that a spreadsheet shows, so that 0.1+0.2 is 0.3.
func (s shape) number(f float64, raw string) string {
	if math.Abs(f) >= 1e21 || f != 0 && math.Abs(f) < 1e-12 {
		return raw
	}
	f, _ = strconv.ParseFloat(strconv.FormatFloat(f, 'e', 14, 64), 64)
	text := strconv.FormatFloat(f, 'f', -1, 64)
	if s.zeros > 0 && f >= 0 && f == math.Trunc(f) {
		text = strings.Repeat("0", max(0, s.zeros-len(text))) + text
	}
	if text == "-0" {
		return "0"
	}
	return text
}

// time gives a number of days as a date, a time, or both. A time of more than a day counts its hours on. The days of
// the year 1900 up to its 29 February, which never was, lie one off.
func (s shape) time(f float64, days int64) (string, bool) {
	if f < 0 || f > lastDay+1 {
		return "", false
	}
	seconds := int64(math.Round(f * 86400))
	if !s.date {
		return fmt.Sprintf("%02d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60), true
	}
	day := seconds / 86400
	switch {
	case days == 0 && (day == 0 || day == 60):
		return "", false
	case days == 0 && day < 60:
		day++
	}
	if days+day > lastDay {
		return "", false
	}
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(days+day)).Add(time.Duration(seconds%86400) * time.Second)
	if s.clock || seconds%86400 != 0 {
		return t.Format("2006-01-02T15:04:05"), true
	}
	return t.Format("2006-01-02"), true
}
