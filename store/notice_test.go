package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestMailNow: however alerts come, each is in exactly one mail; urgent ones at once, others within RepeatAfter; a topic
// and a person get no more than their share.
func TestMailNow(t *testing.T) {
	const digest = 15 * time.Minute
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
		before := MailedBefore{Topics: map[string]time.Time{}}
		var unsent []Notice
		sent := map[string]int{}
		var digests []time.Time
		topics := map[string][]time.Time{}
		made := 0
		step := func(events int) {
			for range events {
				n := Notice{ID: fmt.Sprint(made), Kind: NoticeFailed, At: now, Topic: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "topic")}
				if n.Urgent = rapid.IntRange(0, 9).Draw(t, "urgent") == 0; n.Urgent {
					n.Kind = NoticeEmergency
				}
				made++
				unsent = append(unsent, n)
			}
			for range 2 { // the next look after an urgent mail
				mail := MailNow(unsent, before, now, digest)
				if len(mail) == 0 {
					break
				}
				for _, n := range mail {
					sent[n.ID]++
					if n.Urgent != mail[0].Urgent {
						t.Fatal("urgent and other notices share a mail")
					}
					if n.Urgent && !n.At.Equal(now) {
						t.Fatalf("an urgent notice waited %s", now.Sub(n.At))
					}
					if !n.Urgent && now.Sub(n.At) > RepeatAfter+digest {
						t.Fatalf("a notice waited %s", now.Sub(n.At))
					}
					before.Topics[n.MailTopic()] = now
					unsent = slices.DeleteFunc(unsent, func(x Notice) bool { return x.ID == n.ID })
				}
				if !mail[0].Urgent {
					before.Digest = now
					digests = append(digests, now)
					for _, g := range GroupNotices(mail) {
						topics[g.Topic] = append(topics[g.Topic], now)
					}
				}
			}
			now = now.Add(time.Minute)
		}
		for range rapid.IntRange(1, 120).Draw(t, "minutes") {
			step(rapid.SampledFrom([]int{0, 0, 0, 1, 1, 4}).Draw(t, "events"))
		}
		for range 100 {
			step(0)
		}
		if len(unsent) > 0 || len(sent) != made {
			t.Fatalf("%d of %d are sent", len(sent), made)
		}
		for id, n := range sent {
			if n != 1 {
				t.Fatalf("%s is in %d mails", id, n)
			}
		}
		apart := func(what string, times []time.Time, least time.Duration) {
			for i := 1; i < len(times); i++ {
				if d := times[i].Sub(times[i-1]); d < least {
					t.Fatalf("two mails %s are %s apart", what, d)
				}
			}
		}
		apart("to a person", digests, digest)
		for topic, times := range topics {
			apart("about "+topic, times, RepeatAfter)
		}
	})
}

func TestBackoff(t *testing.T) {
	var least, most time.Duration
	for n := 1; n < MaxAttempts; n++ {
		if a, b := Backoff(n, 1), Backoff(n, 0); a <= 0 || a > b || b > 4*time.Hour {
			t.Errorf("attempt %d: %s to %s", n, a, b)
		}
		least, most = least+Backoff(n, 1), most+Backoff(n, 0)
	}
	if least < 20*time.Hour || most > 30*time.Hour {
		t.Errorf("given up after %s to %s", least, most)
	}
}

func TestReminder(t *testing.T) {
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for last, want := range map[Date]int{"": 0, "x": 0, "2026-11-22": 0, "2026-11-23": 7, "2026-11-30": 7, "2026-12-01": 30,
		"2026-12-23": 30, "2026-12-24": 60, "2027-01-22": 60, "2027-01-23": 0} {
		if got := Reminder(last, at); got != want {
			t.Errorf("%s: %d, want %d", last, got, want)
		}
	}
}

func TestWebhookURL(t *testing.T) {
	for url, want := range map[string]bool{"https://vakt.example.org/inn": true, "http://localhost:9/x": true, "http://127.0.0.1/x": true,
		"http://[::1]:8/x": true, "http://vakt.example.org": false, "ftp://x": false, "https://": false, "https://a:b@x.org/": false,
		"https://x.org/#a": false, "http://localhost.example.org/": false, "http://2130706433/": false} {
		w := Webhook{Name: "x", URL: url}
		if got := w.Validate() == nil; got != want {
			t.Errorf("%s: %v", url, got)
		}
	}
}
