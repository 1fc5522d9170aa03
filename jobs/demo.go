package jobs

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"samband/jobs/connector"
	"samband/jobs/connector/consentfile"
	"samband/store"
	"samband/store/seed"
	"samband/store/seed/hospital"
)

// demoDelivery is the setting that tells how many deliveries the demonstration's hospital has made.
const demoDelivery = "demo.delivery"

// demoFrom is the setting that tells which day the first stay of the first delivery began.
const demoFrom = "demo.from"

// demoFolder is where the demonstration's hospital delivers: beside the data folder, never in it.
func (j *Jobs) demoFolder() string { return filepath.Join(j.conf.Drop, "hjertekirurgi") }

// demoOutFolder is where the demonstration sends to.
func (j *Jobs) demoOutFolder() string { return filepath.Join(j.conf.Drop, "utlevering") }

// drawConsents leaves the reservations of the demonstration's persons in a folder, as they are now.
func drawConsents(folder string, now time.Time) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return store.Wrap(err, store.Unavailable, "files.folder", store.Args{"folder": folder})
	}
	var list []connector.ConsentChoice
	for i, n := range hospital.Reserved(demoSeed) {
		list = append(list, connector.ConsentChoice{Number: store.NewSecret(n.Reveal()), Active: true, Seq: 1,
			At: time.Date(2026, 1, 2+i, 9, 0, 0, 0, time.UTC)})
	}
	err := consentfile.Write(folder, seed.DemoDefinition, list, now)
	return store.Wrap(err, store.Unavailable, "files.folder", store.Args{"folder": folder})
}

// demoSeed is what the persons of the demonstration are made up from.
const demoSeed = 2026

func (j *Jobs) dropFolder() error {
	err := os.MkdirAll(j.demoFolder(), 0o700)
	if err == nil {
		err = os.MkdirAll(j.demoOutFolder(), 0o700)
	}
	if err == nil {
		err = j.deliver(context.Background())
	}
	return store.Wrap(err, store.Unavailable, "files.folder", store.Args{"folder": j.demoFolder()})
}

// feedEvery is how often the demonstration's hospital looks whether its last delivery was fetched.
const feedEvery = 5 * time.Second

// feedDemo plays the hospital: whenever a delivery has been fetched, it leaves the next. Of several processes one does at
// a time.
func (j *Jobs) feedDemo(ctx context.Context) {
	t := time.NewTicker(feedEvery)
	defer t.Stop()
	for {
		err := j.DB.Alone(ctx, "demo", func() error { return j.deliver(ctx) })
		if err != nil && ctx.Err() == nil {
			j.Log.Error("the demonstration's hospital could not deliver", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

func (j *Jobs) deliver(ctx context.Context) error {
	entries, err := os.ReadDir(j.demoFolder())
	if err != nil {
		return err
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".control") {
			return nil // not fetched yet
		}
	}
	made, err := j.DB.Setting(ctx, demoDelivery)
	if err != nil {
		return err
	}
	n, _ := strconv.Atoi(made)
	o, demo := hospital.Options{Seed: demoSeed, Delivery: n + 1}, store.Actor{Name: "demo"}
	from, err := j.DB.Setting(ctx, demoFrom)
	if err != nil {
		return err
	}
	if from == "" { // so that the newest stays ended just now
		from = j.Clock.Now().AddDate(0, 0, -o.Days()-hospital.Longest).Format(time.DateOnly)
		if err := j.DB.PutSetting(ctx, demoFrom, from, demo); err != nil {
			return err
		}
	}
	o.From = store.Date(from)
	if _, _, err := hospital.Deliver(j.demoFolder(), o, j.Clock.Now()); err != nil {
		return err
	}
	return j.DB.PutSetting(ctx, demoDelivery, strconv.Itoa(n+1), demo)
}
