package httpx

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"samband/jobs/connector"
	"samband/store"
)

// Response is an answer of class 2xx. Read gives its body, unpacked; io.EOF comes only when all of it has come.
type Response struct {
	Status int
	Header http.Header

	c          *Client
	host       string
	outer, ctx context.Context
	end        func()
	raw        *counted
	body       io.Reader
	closer     io.Closer
	watch      *time.Ticker
	done       chan struct{}
	once       sync.Once
	sum        hash.Hash
	n          int64
	failure    error
	over       func(error) // is told how it ended
}

// counted counts what comes from the network. A stop before the length that was promised is an error of net/http.
type counted struct {
	r io.Reader
	n atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}

func (r *Response) open(answer *http.Response, cancel context.CancelCauseFunc) error {
	r.raw, r.closer, r.sum = &counted{r: answer.Body}, answer.Body, sha256.New()
	r.watch, r.done = time.NewTicker(r.c.o.Window), make(chan struct{})
	go r.guard(cancel)
	r.body = r.raw
	switch enc := strings.ToLower(answer.Header.Get("Content-Encoding")); enc {
	case "", "identity":
	case "gzip":
		z, err := gzip.NewReader(r.raw)
		if err != nil {
			r.Close()
			return r.broken(err)
		}
		r.body = z
	default:
		r.Close()
		return r.fail(store.Invalid, "http.content_type")
	}
	return nil
}

// guard gives the answer up when too little of it comes: what trickles in is no better than what hangs.
func (r *Response) guard(cancel context.CancelCauseFunc) {
	var before int64
	least := max(1, int64(r.c.o.Window.Seconds()*float64(r.c.o.MinRate)))
	for {
		select {
		case <-r.done:
			return
		case <-r.watch.C:
			now := r.raw.n.Load()
			if now-before < least {
				cancel(errStalled)
				return
			}
			before = now
		}
	}
}

// Read implements io.Reader.
func (r *Response) Read(p []byte) (int, error) {
	if r.failure != nil {
		return 0, r.failure
	}
	n, err := r.body.Read(p)
	r.sum.Write(p[:n])
	r.n += int64(n)
	switch {
	case r.n > r.c.o.MaxBody, r.n > 1<<20 && r.n > r.c.o.MaxRatio*r.raw.n.Load():
		r.failure = r.fail(store.Invalid, "http.too_large")
		return 0, r.failure
	case err == io.EOF && r.ctx.Err() != nil: // the other side ended a body because nobody waits for it any more
		r.failure = r.broken(r.ctx.Err())
	case err == io.EOF:
		r.failure = io.EOF
	case err != nil:
		r.failure = r.broken(err)
	}
	if r.failure != nil && r.failure != io.EOF {
		return 0, r.failure
	}
	return n, r.failure
}

func (r *Response) broken(err error) error {
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || strings.HasPrefix(err.Error(), "flate:") {
		return r.fail(store.Unavailable, "http.broken")
	}
	var f *connector.Failure
	err = r.c.failed(r.outer, r.ctx, r.host, err)
	if errors.As(err, &f) && store.CodeOf(err) == "http.away" {
		return r.fail(store.Unavailable, "http.cut")
	}
	return err
}

// fail tells what is wrong with a body by its length and SHA-256 as far as it was read, and nothing else of it.
func (r *Response) fail(class store.Class, code store.Code) error {
	return &connector.Failure{Host: r.host, Err: &store.Error{Class: class, Code: code, Args: store.Args{"host": r.host},
		Err: errors.New(mark(r.n, r.sum.Sum(nil)))}}
}

func mark(n int64, sum []byte) string {
	return "body of " + strconv.FormatInt(n, 10) + " bytes, sha256 " + hex.EncodeToString(sum)
}

// Close ends the request.
func (r *Response) Close() error {
	r.once.Do(func() {
		close(r.done)
		r.watch.Stop()
		r.end()
		r.closer.Close()
		if r.over != nil {
			r.over(r.failure)
		}
	})
	return nil
}

// Fetch makes a request and gives its whole body.
func (c *Client) Fetch(ctx context.Context, r Request) ([]byte, http.Header, error) {
	resp, err := c.Do(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Close()
	body, err := io.ReadAll(resp)
	if err != nil {
		return nil, nil, err
	}
	return body, resp.Header, nil
}

// Unreadable gives the error of a body that came whole and doesn't say what it should: by its length and SHA-256, and
// nothing else of it.
func (c *Client) Unreadable(address string, body []byte) error {
	sum := sha256.Sum256(body)
	host := store.HostOf(address)
	return &connector.Failure{Host: host, Err: &store.Error{Class: store.Unavailable, Code: "http.broken",
		Args: store.Args{"host": host}, Err: errors.New(mark(int64(len(body)), sum[:]))}}
}
