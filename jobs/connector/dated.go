package connector

import (
	"context"

	"samband/store"
)

// Dated is a Source whose deliveries say in their names which days they cover.
type Dated interface {
	// Period reads the days that a delivery of that name covers.
	Period(name string) (store.Period, bool)
	// Waiting lists the deliveries that lie ready, by name and size, oldest first. None is opened: OpenNamed sums one.
	Waiting(ctx context.Context) ([]store.Delivery, error)
	// OpenNamed opens one of them. ErrNothing: it isn't there any more, or isn't complete.
	OpenNamed(ctx context.Context, name string) (Delivery, error)
}
