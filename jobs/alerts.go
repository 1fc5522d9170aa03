package jobs

import (
	"context"
	"maps"
	"strconv"

	"samband/store"
)

// settleAlerts opens and closes alerts about runs, data and hosts.
func (j *Jobs) settleAlerts(ctx context.Context) error { return j.DB.SettleRunAlerts(ctx) }

// settleParts opens and closes alerts about the parts of the installation, as the doctor sees them. Each process sees
// its own data folder.
func (j *Jobs) settleParts(ctx context.Context) error {
	now := j.Clock.Now()
	var causes []store.AlertCause
	for _, h := range j.Health(ctx) {
		if h.Problem == nil {
			continue
		}
		c := store.AlertCause{Kind: store.AlertPart, Subject: h.Part, Place: j.Dir.Place, Code: h.Problem.Code,
			Args: store.Args{}, Count: 1, Since: now, Last: now}
		maps.Copy(c.Args, h.Args)
		maps.Copy(c.Args, h.Problem.Args)
		if g, _ := h.Args["registry"].(string); g != "" {
			c.Subject += "/" + g
		}
		if name, _ := h.Args["name"].(string); name != "" {
			c.Subject += "/" + name
		}
		if step, is := h.Args["step"].(int); is { // each step is told of anew
			c.Subject += "/" + strconv.Itoa(step)
		}
		causes = append(causes, c)
	}
	if ctx.Err() != nil { // what was cut off says nothing about the parts
		return ctx.Err()
	}
	return j.DB.SettlePartAlerts(ctx, j.Dir.Place, causes)
}
