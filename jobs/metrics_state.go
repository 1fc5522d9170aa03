package jobs

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sys/unix"

	"samband/store"
)

// What is looked up, all at one moment, when somebody asks. Labels have few values, and all of them are always there.
var (
	nowRead    = describe("samband_state_read", "1 when the figures of this scrape could be read, 0 when they are missing.")
	nowRuns    = describe("samband_runs_open", "Runs that have not ended for good; waiting: between two attempts.", "state")
	nowOldest  = describe("samband_run_oldest_due_seconds", "How long the longest waiting due run has waited; 0: none waits.")
	nowAlerts  = describe("samband_alerts_open", "Open alerts.", "kind")
	nowUntaken = describe("samband_alerts_untaken", "Open alerts that nobody has taken.")
	nowHosts   = describe("samband_circuits", "Hosts that failed lately, by what runs to them do.", "circuit")
	nowUnsent  = describe("samband_outbox_messages", "Mails and webhooks that wait, or were given up (dead).", "outcome")
	nowPlanned = describe("samband_planner_tick_seconds", "How long ago the planner last went through all schedules; -1: not yet.")
	nowBacked  = describe("samband_backup_age_seconds", "Age of the newest backup; -1: there is none, or it is damaged or gone.")
	nowFree    = describe("samband_disk_free_bytes", "Free where the data lie.")
	nowBytes   = describe("samband_file_bytes", "Size of the databases, with their logs (wal) apart.", "file")
)

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

// standing is how the work and the place stand, as a collector.
type standing struct{ j *Jobs }

// Describe implements prometheus.Collector.
func (s standing) Describe(c chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{nowRead, nowRuns, nowOldest, nowAlerts, nowUntaken, nowHosts, nowUnsent, nowPlanned, nowBacked, nowFree, nowBytes} {
		c <- d
	}
}

// Collect implements prometheus.Collector.
func (s standing) Collect(c chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(s.j.ctx, 5*time.Second)
	defer cancel()
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		c <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	ok := 1.0
	if err := s.work(ctx, gauge); err != nil {
		ok = 0
	}
	gauge(nowRead, ok)
	s.place(gauge)
}

// work gives what the portal database knows.
func (s standing) work(ctx context.Context, gauge func(*prometheus.Desc, float64, ...string)) error {
	now := s.j.Clock.Now()
	f, err := s.j.DB.Workload(ctx)
	if err != nil {
		return err
	}
	backup, err := s.j.lastOf(ctx, backupMade)
	if err != nil {
		return err
	}
	for _, state := range []store.RunState{store.RunDue, store.RunRunning, store.RunHeld, store.RunUnknown} {
		n := f.Runs[state]
		if state == store.RunRunning {
			n -= f.Waiting
		}
		gauge(nowRuns, float64(n), string(state))
	}
	gauge(nowRuns, float64(f.Waiting), string(store.StageWaiting))
	age := 0.0
	if !f.OldestDue.IsZero() {
		age = max(0, now.Sub(f.OldestDue).Seconds())
	}
	gauge(nowOldest, age)
	for _, k := range store.AlertKinds {
		gauge(nowAlerts, float64(f.Alerts[k]), string(k))
	}
	gauge(nowUntaken, float64(f.Untaken))
	for _, state := range store.CircuitStates {
		gauge(nowHosts, float64(f.Circuits[state]), string(state))
	}
	for _, state := range []store.OutgoingState{store.OutWaiting, store.OutDead} {
		gauge(nowUnsent, float64(f.Unsent[state]), string(state))
	}
	age = -1
	if backup != nil && s.j.lookAtBackup(ctx, backup) == nil {
		age = max(0, now.Sub(backup.At).Seconds())
	}
	gauge(nowBacked, age)
	return nil
}

// place gives what this process knows of itself and its data folder.
func (s standing) place(gauge func(*prometheus.Desc, float64, ...string)) {
	tick := -1.0
	if at := s.j.planned.Load(); at != 0 {
		tick = max(0, s.j.Clock.Now().Sub(time.UnixMicro(at)).Seconds())
	}
	gauge(nowPlanned, tick)
	var disk unix.Statfs_t
	if unix.Statfs(s.j.Dir.Root, &disk) == nil {
		gauge(nowFree, float64(disk.Bavail*uint64(disk.Bsize)))
	}
	sizes := map[string]int64{"portal": 0, "vault": 0, "consent": 0, "queue": 0, "registries": 0, "wal": 0}
	for name, path := range map[string]string{"portal": s.j.Dir.Portal(), "vault": s.j.Dir.Vault(), "vault_keys": s.j.Dir.VaultKeys(), "consent": s.j.Dir.Consent(), "queue": s.j.Dir.Queue()} {
		for file, suffix := range map[string]string{name: "", "wal": "-wal"} {
			if info, err := os.Stat(path + suffix); err == nil {
				sizes[file] += info.Size()
			}
		}
	}
	err := filepath.WalkDir(filepath.Dir(s.j.Dir.Registry("any")), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return nil // it was there a moment ago
		}
		if strings.HasSuffix(path, "-wal") {
			sizes["wal"] += info.Size()
		} else {
			sizes["registries"] += info.Size()
		}
		return nil
	})
	if err != nil && !os.IsNotExist(err) {
		sizes["registries"] = -1
	}
	for file, n := range sizes {
		gauge(nowBytes, float64(n), file)
	}
}
