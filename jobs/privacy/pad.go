package privacy

import "math/bits"

const (
	padStep  = 64 << 10
	padSteps = 1 << 20
)

// Padded gives the size that a half of n bytes is filled up to, so that its size tells little of how much it holds: the
// next 64 KiB up to 1 MiB, and above that by Padmé (Nikitin and others, «Reducing Metadata Leakage from Encrypted Files»),
// which adds at most 12 %.
func Padded(n int64) int64 {
	if n <= padSteps {
		return max(padStep, (n+padStep-1)/padStep*padStep)
	}
	return Padme(n)
}

// Padme rounds n up so that only its first few bits tell anything: as many as its length in bits has bits.
func Padme(n int64) int64 {
	if n < 2 {
		return n
	}
	e := bits.Len64(uint64(n)) - 1
	low := int64(1)<<(e-bits.Len64(uint64(e))) - 1
	return (n + low) &^ low
}
