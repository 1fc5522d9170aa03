package oidctest

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	jose "github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/oidc"
)

// Token is a token that a test may change before it is signed.
type Token struct {
	Claims map[string]any
	Type   string // header typ
	Sign   Sign
}

// Sign is how a forged token is signed.
type Sign int

const (
	ByProvider  Sign = iota // with the provider's key, RS256
	ByStranger              // with another key under the provider's key id
	BySecret                // HS256 with the portal's own secret
	ByPublicKey             // HS256 with the provider's public key as if it were a secret
	ByNobody                // alg none
)

// forgeToken lets the provider answer, and replaces the ID token by the test's own.
func (p *Provider) forgeToken(w http.ResponseWriter, r *http.Request, forge func(*Token)) {
	rec := httptest.NewRecorder()
	p.op.ServeHTTP(rec, r)
	var answer map[string]any
	if rec.Code == http.StatusOK {
		must(json.Unmarshal(rec.Body.Bytes(), &answer))
		answer["id_token"] = p.store.resign(answer["id_token"].(string), forge)
		b, err := json.Marshal(answer)
		must(err)
		rec.Body = bytes.NewBuffer(b)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(rec.Code)
	w.Write(rec.Body.Bytes())
}

func (s *storage) resign(raw string, forge func(*Token)) string {
	t := &Token{Type: "JWT"}
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(raw, ".")[1])
	must(err)
	must(json.Unmarshal(payload, &t.Claims))
	forge(t)
	return s.sign(t)
}

func (s *storage) sign(t *Token) string {
	payload, err := json.Marshal(t.Claims)
	must(err)
	switch t.Sign {
	case ByStranger:
		stranger, err := rsa.GenerateKey(rand.Reader, 2048)
		must(err)
		return signRSA(stranger, t.Type, payload)
	case BySecret:
		return signHMAC([]byte(ClientSecret), t.Type, payload)
	case ByPublicKey:
		b, err := json.Marshal(jose.JSONWebKey{Key: s.key.Public()})
		must(err)
		return signHMAC(b, t.Type, payload)
	case ByNobody:
		return head("none", t.Type) + "." + encode(payload) + "."
	}
	return signRSA(s.key, t.Type, payload)
}

// LogoutToken gives what the provider posts to the portal when somebody logs out there: of its session sid, of the
// person subject, or both. change, when not nil, may forge it.
func (p *Provider) LogoutToken(subject, sid string, change func(*Token)) string {
	now := time.Now()
	claims := oidc.NewLogoutTokenClaims(p.Issuer, subject, oidc.Audience{ClientID}, now.Add(2*time.Minute),
		rand.Text(), sid, 0)
	b, err := json.Marshal(claims)
	must(err)
	t := &Token{Type: "logout+jwt"}
	must(json.Unmarshal(b, &t.Claims))
	if change != nil {
		change(t)
	}
	return p.store.sign(t)
}

func signRSA(key *rsa.PrivateKey, typ string, payload []byte) string {
	o := (&jose.SignerOptions{}).WithType(jose.ContentType(typ)).WithHeader("kid", keyID)
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: key}, o)
	must(err)
	jws, err := signer.Sign(payload)
	must(err)
	raw, err := jws.CompactSerialize()
	must(err)
	return raw
}

func signHMAC(key []byte, typ string, payload []byte) string {
	signed := head("HS256", typ) + "." + encode(payload)
	m := hmac.New(sha256.New, key)
	m.Write([]byte(signed))
	return signed + "." + encode(m.Sum(nil))
}

func head(alg, typ string) string {
	b, err := json.Marshal(map[string]string{"alg": alg, "typ": typ, "kid": keyID})
	must(err)
	return encode(b)
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// must panics: what fails here is a fault of the test itself.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
