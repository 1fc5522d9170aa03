package handovertest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samband/store"
)

// HTTPS is a server of the channel over HTTPS, in this process. It asks for a certificate that its authority made and for
// a token.
type HTTPS struct {
	Address        string
	CA, Key, Token string // PEM, PEM and text: what the client is given
}

// ServeHTTPS begins a server that puts what it is given into the receiver's folder.
func ServeHTTPS(tb testing.TB, r *Receiver) *HTTPS {
	tb.Helper()
	ca, caKey := newCertificate(tb, nil, nil)
	pool := x509.NewCertPool()
	pool.AddCert(ca)
	s := httptest.NewUnstartedServer(&site{r, "hemmelig-" + rand.Text()})
	cert, key := newCertificate(tb, ca, caKey)
	s.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{cert.Raw}, PrivateKey: key}}, ClientCAs: pool,
		ClientAuth: tls.RequireAndVerifyClientCert}
	s.Config.ErrorLog = nil
	s.StartTLS()
	tb.Cleanup(s.Close)
	return &HTTPS{Address: s.URL + "/inn", CA: pemOf("CERTIFICATE", ca.Raw), Key: KeyFrom(tb, ca, caKey), Token: s.Config.Handler.(*site).token}
}

// KeyFrom gives a certificate for a client with its key, in PEM. Without an authority it is nobody's.
func KeyFrom(tb testing.TB, ca *x509.Certificate, caKey *ecdsa.PrivateKey) string {
	tb.Helper()
	cert, key := newCertificate(tb, ca, caKey)
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		tb.Fatal(err)
	}
	return pemOf("CERTIFICATE", cert.Raw) + pemOf("PRIVATE KEY", der)
}

func pemOf(kind string, b []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b}))
}

func newCertificate(tb testing.TB, ca *x509.Certificate, caKey *ecdsa.PrivateKey) (*x509.Certificate, *ecdsa.PrivateKey) {
	tb.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	now := store.SystemClock{}.Now()
	t := &x509.Certificate{SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: "samband test"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour), DNSNames: []string{"localhost", "127.0.0.1"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		BasicConstraintsValid: true, IsCA: ca == nil}
	parent, signer := ca, caKey
	if ca == nil {
		parent, signer = t, key
	}
	der, err := x509.CreateCertificate(rand.Reader, t, parent, &key.PublicKey, signer)
	if err != nil {
		tb.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		tb.Fatal(err)
	}
	return cert, key
}

type site struct {
	r     *Receiver
	token string
}

func (s *site) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	name := strings.TrimPrefix(q.URL.Path, "/inn/")
	path := filepath.Join(s.r.Dir, name)
	switch {
	case q.Header.Get("Authorization") != "Bearer "+s.token:
		w.WriteHeader(http.StatusUnauthorized)
	case name == "" || strings.ContainsAny(name, "/\\") || strings.HasPrefix(name, "."):
		w.WriteHeader(http.StatusNotFound)
	case q.Method == http.MethodPut:
		s.put(w, q, name, path)
	default:
		s.tell(w, name, path)
	}
}

func (s *site) put(w http.ResponseWriter, q *http.Request, name, path string) {
	var b []byte
	buf := make([]byte, 4096)
	for {
		n, err := q.Body.Read(buf)
		fits, cut := s.r.room(int64(len(b)), int64(n))
		if cut {
			c, _, err := http.NewResponseController(w).Hijack()
			if err != nil { // HTTP/2: the stream alone ends
				panic(http.ErrAbortHandler)
			}
			c.Close()
			return
		}
		if !fits {
			w.WriteHeader(http.StatusInsufficientStorage)
			return
		}
		b = append(b, buf[:n]...)
		if err == io.EOF {
			break
		}
		if err != nil {
			return
		}
	}
	sum, _ := hex.DecodeString(sumOf(b))
	if q.Header.Get("Content-Digest") != "sha-256=:"+base64.StdEncoding.EncodeToString(sum)+":" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if was, err := os.ReadFile(path); err == nil && string(was) != string(b) {
		w.WriteHeader(http.StatusConflict)
		return
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if s.r.late() {
		w.WriteHeader(http.StatusAccepted)
		io.WriteString(w, "{}")
		return
	}
	text := "sha256=" + sumOf(b) + "\nresult=taken\nid=K-" + name + "\n"
	os.WriteFile(path+".receipt", []byte(text), 0o600)
	json.NewEncoder(w).Encode(map[string]string{"receipt": "K-" + name, "sha256": sumOf(b)})
}

func (s *site) tell(w http.ResponseWriter, name, path string) {
	b, err := os.ReadFile(path)
	if err != nil {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	state := "pending"
	if text, err := os.ReadFile(path + ".receipt"); err == nil {
		state = "taken"
		if strings.Contains(string(text), "result=refused") {
			state = "refused"
		}
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]string{"state": state, "receipt": "K-" + name, "sha256": sumOf(b)})
}
