package xsd

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// inLimits tells whether a value that is of the base keeps the limits.
func (t *Type) inLimits(value string) bool {
	n := utf8.RuneCountInString(value)
	if t.MinLength != nil && n < *t.MinLength || t.MaxLength != nil && n > *t.MaxLength {
		return false
	}
	if t.Base != Integer && t.Base != Decimal {
		return true
	}
	whole, fraction, _ := strings.Cut(strings.TrimLeft(value, "+-0"), ".")
	fraction = strings.TrimRight(fraction, "0")
	if t.FractionDigits != nil && len(fraction) > *t.FractionDigits || t.TotalDigits != nil && len(whole)+len(fraction) > *t.TotalDigits {
		return false
	}
	f, err := strconv.ParseFloat(value, 64)
	return err == nil && (t.Min == nil || f >= *t.Min) && (t.Max == nil || f <= *t.Max)
}
