package notify

import (
	"errors"
	"os"
	"strings"
	"time"
)

// Settings are the environment variables that FromEnv reads.
var Settings = []string{"SAMBAND_SMTP_ADDR", "SAMBAND_SMTP_FROM", "SAMBAND_SMTP_USER", "SAMBAND_SMTP_PASSWORD",
	"SAMBAND_SMTP_PASSWORD_FILE", "SAMBAND_SMTP_TLS", "SAMBAND_SMTP_CA", "SAMBAND_NOTICE_DIGEST"}

// FromEnv reads the settings of mail. What is wrong with one is told by SMTP.Check.
func FromEnv(getenv func(string) string) (s SMTP, digest time.Duration) {
	s = SMTP{Addr: getenv("SAMBAND_SMTP_ADDR"), From: getenv("SAMBAND_SMTP_FROM"), User: getenv("SAMBAND_SMTP_USER"),
		Password: getenv("SAMBAND_SMTP_PASSWORD"), TLS: getenv("SAMBAND_SMTP_TLS")}
	if file := getenv("SAMBAND_SMTP_PASSWORD_FILE"); file != "" {
		b, err := os.ReadFile(file)
		s.note("SAMBAND_SMTP_PASSWORD_FILE", err)
		s.Password = strings.TrimSpace(string(b))
	}
	if file := getenv("SAMBAND_SMTP_CA"); file != "" {
		b, err := os.ReadFile(file)
		if err == nil {
			s.Roots, s.RootsEnd, err = roots(b)
		}
		s.note("SAMBAND_SMTP_CA", err)
	}
	if v := getenv("SAMBAND_NOTICE_DIGEST"); v != "" {
		d, err := time.ParseDuration(v)
		if err == nil && (d < time.Minute || d > 24*time.Hour) {
			err = errors.New("not from a minute to a day")
		}
		s.note("SAMBAND_NOTICE_DIGEST", err)
		digest = d
	}
	return s, digest
}

// note keeps the first setting that could not be read.
func (s *SMTP) note(setting string, err error) {
	if err != nil && s.Problem == "" {
		s.Problem = setting
	}
}
