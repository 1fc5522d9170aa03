package jobs

import (
	"context"
	"slices"

	"samband/store"
)

// BreakingError refuses a document whose codebooks break mappings or approvals in use. Effects says which.
type BreakingError struct{ Effects []store.BookEffect }

func (e *BreakingError) Error() string { return e.Unwrap().Error() }

// Unwrap gives the error that people are told: Refused, codebook.breaks.
func (e *BreakingError) Unwrap() error {
	return store.E(store.Refused, "codebook.breaks", store.Args{"n": len(e.Effects)})
}

// bundleBreaks tells what the codebooks of a document break of what is here. A mapping that the document replaces is not
// counted: the new one is checked with the new codebook.
func (j *Jobs) bundleBreaks(ctx context.Context, b *store.Bundle) error {
	var broken []store.BookEffect
	for _, c := range b.Codebooks {
		newest, err := found(j.DB.Codebook(ctx, c.ID, 0))
		if err != nil {
			return err
		}
		if nextCodebook(&c, newest) || newest == nil {
			continue
		}
		effects, err := j.CodebookEffect(ctx, &c)
		if err != nil {
			return err
		}
		for _, e := range effects {
			if replaced, err := j.replaces(ctx, b, &e.Integration); err != nil {
				return err
			} else if replaced {
				e.Broken = slices.DeleteFunc(e.Broken, func(m store.MappingBreak) bool { return m.No > 0 })
			}
			if e.Breaks() {
				broken = append(broken, e)
			}
		}
	}
	if len(broken) > 0 {
		return &BreakingError{broken}
	}
	return nil
}

// replaces tells whether a document has another mapping for an integration than the one in use.
func (j *Jobs) replaces(ctx context.Context, b *store.Bundle, i *store.Integration) (bool, error) {
	at := slices.IndexFunc(b.Integrations, func(x store.BundleIntegration) bool { return x.ID == i.ID && x.Mapping != nil })
	if at < 0 || i.MappingNo == 0 {
		return false, nil
	}
	v, err := j.DB.MappingVersion(ctx, i.ID, i.MappingNo)
	if err != nil {
		return false, err
	}
	return !sameMapping(&v.Mapping, b.Integrations[at].Mapping), nil
}
