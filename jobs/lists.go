package jobs

import (
	"context"

	"samband/jobs/mapping"
	"samband/store"
)

// lists gives the national lists that a mapping pins, as far as the portal has them: compiling tells which is missing.
func (j *Jobs) lists(context.Context, *store.Mapping) (mapping.Lists, error) {
	return nil, nil
}
