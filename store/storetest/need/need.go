// Package need says what becomes of a test whose real part is not on the machine.
package need

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// Missing skips a test because a part isn't there, or fails it when SAMBAND_REQUIRE lists the part (with commas
// between). Install says what to do about it.
func Missing(tb testing.TB, part, install string) {
	tb.Helper()
	message := "no " + part + ": " + install
	if slices.Contains(strings.Split(os.Getenv("SAMBAND_REQUIRE"), ","), part) {
		tb.Fatal(message)
	}
	tb.Skip(message)
}
