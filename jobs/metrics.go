package jobs

import (
	"context"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"samband/jobs/connector"
	"samband/store"
	"samband/store/db"
)

// metrics are counted as runs end. Labels are states and outcomes, never the names of registries: /metrics is read by
// machines that know nothing of rights.
type metrics struct {
	reg      *prometheus.Registry
	runs     *prometheus.CounterVec
	rows     *prometheus.CounterVec
	duration prometheus.Histogram
	requests *prometheus.CounterVec
	bytes    prometheus.Counter
	wait     prometheus.Histogram
}

func newMetrics() *metrics {
	m := &metrics{
		reg: prometheus.NewRegistry(),
		runs: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "samband_runs_total",
			Help: "Runs that have ended, by final state."}, []string{"state"}),
		rows: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "samband_rows_total",
			Help: "Rows read by runs, by outcome."}, []string{"outcome"}),
		duration: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "samband_run_duration_seconds",
			Help: "How long runs take from start to end.", Buckets: buckets(0.1)}),
	}
	m.requests = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "samband_requests_total",
		Help: "Requests to outside systems that are over, by outcome: ok, cancelled, or an error code."}, []string{"outcome"})
	m.bytes = prometheus.NewCounter(prometheus.CounterOpts{Name: "samband_answer_bytes_total",
		Help: "Bytes of answers from outside systems, unpacked."})
	m.wait = prometheus.NewHistogram(prometheus.HistogramOpts{Name: "samband_answer_wait_seconds",
		Help: "How long answers from outside systems take to begin, or to fail.", Buckets: buckets(0.01)})
	m.requests.WithLabelValues("ok")
	for _, s := range store.RunStates {
		m.runs.WithLabelValues(string(s))
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "samband_build_info", Help: "Always 1; the labels tell the build.",
		ConstLabels: prometheus.Labels{"version": version()}})
	build.Set(1)
	m.reg.MustRegister(m.runs, m.rows, m.duration, m.requests, m.bytes, m.wait, build, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func version() string {
	if b, ok := debug.ReadBuildInfo(); ok && b.Main.Version != "" {
		return b.Main.Version
	}
	return "(devel)"
}

// buckets gives the bounds of ten buckets, each three times the one before, as decimal numbers: 0.3 where multiplying gives
// 0.30000000000000004.
func buckets(first float64) []float64 {
	list := prometheus.ExponentialBuckets(first, 3, 10)
	for i, x := range list {
		list[i], _ = strconv.ParseFloat(strconv.FormatFloat(x, 'g', 12, 64), 64)
	}
	return list
}

// ended counts a run that has ended or waits for a person.
func (m *metrics) ended(r *store.Run) {
	m.runs.WithLabelValues(string(r.State)).Inc()
	if r.State == store.RunSucceeded && r.Loads() {
		c := r.Counts
		for outcome, n := range map[string]int64{"loaded": c.Loaded, "unchanged": c.Unchanged, "merged": c.Merged,
			"filtered": c.Filtered, "quarantined": c.Quarantined, "blocked": c.Blocked} {
			m.rows.WithLabelValues(outcome).Add(float64(n))
		}
	}
	if !r.StartedAt.IsZero() && !r.EndedAt.IsZero() && r.State.Final() {
		m.duration.Observe(r.Took().Seconds())
	}
}

// asked counts a request to an outside system. Which one stands on the page of what is open, behind the login.
func (m *metrics) asked(a connector.Asked) {
	m.requests.WithLabelValues(a.Outcome).Inc()
	m.bytes.Add(float64(a.Bytes))
	m.wait.Observe(a.Wait.Seconds())
}

// watch adds what is looked up when somebody asks: the queue, and integrations that are late.
func (j *Jobs) watch() {
	ask := func(f func(ctx context.Context) (float64, error)) func() float64 {
		return func() float64 {
			ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
			defer cancel()
			v, err := f(ctx)
			if err != nil {
				return -1
			}
			return v
		}
	}
	slots := func(of func(*slotTotals) int) func() float64 {
		return func() float64 {
			if sum := j.slots.Load(); sum != nil {
				return float64(of(sum))
			}
			return -1
		}
	}
	j.metrics.reg.MustRegister(standing{j},
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "samband_slots_expected",
			Help: "Due times that the schedules had in the last 25 hours; -1: not counted yet."},
			slots(func(s *slotTotals) int { return s.expected })),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "samband_slots_recorded",
			Help: "Runs that the due times of the last 25 hours became; -1: not counted yet."},
			slots(func(s *slotTotals) int { return s.recorded })),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "samband_slots_wrong",
			Help: "Due times of the last 25 hours without exactly one run, and runs of no due time; -1: not counted yet."},
			slots(func(s *slotTotals) int { return s.wrong })),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "samband_queue_depth", Help: "Runs that wait in the queue; -1: unknown."},
			ask(func(ctx context.Context) (float64, error) {
				n, err := j.queue.Depth(ctx)
				return float64(n), err
			})),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "samband_schedule_late", Help: "Integrations whose data are late; -1: unknown."},
			ask(func(ctx context.Context) (float64, error) {
				standings, err := j.DB.Standings(ctx, db.IntegrationFilter{})
				if err != nil {
					return 0, err
				}
				list, err := j.DB.Integrations(ctx, db.IntegrationFilter{})
				late := 0.0
				for i := range list {
					if s := standings[list[i].ID].Succeeded; s != nil && !list[i].Late(s.EndedAt, j.Clock.Now()).IsZero() {
						late++
					}
				}
				return late, err
			})))
}

// Metrics answers in Prometheus' text form.
func (j *Jobs) Metrics() http.Handler {
	return promhttp.HandlerFor(j.metrics.reg, promhttp.HandlerOpts{})
}
