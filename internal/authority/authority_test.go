package authority_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/authority"
)

// now is when the files are first made.
var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// ensure makes what is missing and returns the pool of the authority and the server's certificate.
func ensure(t *testing.T, dir string, at time.Time) (*x509.CertPool, *x509.Certificate) {
	t.Helper()
	cert, err := authority.Ensure(dir, at)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, authority.Certificate))
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		t.Fatal("the authority's file holds no certificate")
	}
	return pool, cert.Leaf
}

// A client that trusts the authority takes the server for every one of the hosts, and for nothing else.
func TestHosts(t *testing.T) {
	t.Parallel()
	pool, cert := ensure(t, t.TempDir(), now)
	for host, want := range map[string]bool{
		"graph.facebook.com": true, "graph-video.facebook.com": true, "rupload.facebook.com": true, "localhost": true, "127.0.0.1": true, "::1": true,
		"www.facebook.com": false, "example.com": false, "10.0.0.1": false,
	} {
		_, err := cert.Verify(x509.VerifyOptions{DNSName: host, Roots: pool, CurrentTime: now})
		if (err == nil) != want {
			t.Errorf("%s: %v", host, err)
		}
	}
}

// What is good stays; a certificate that runs out is made anew under the same authority, and that one when it runs out itself.
func TestRenewal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	_, first := ensure(t, dir, now)
	day := 24 * time.Hour
	for _, step := range []struct {
		after               time.Duration
		sameCert, sameTrust bool
	}{{0, true, true}, {300 * day, true, true}, {340 * day, false, true}, {1800 * day, false, false}} {
		before, err := os.ReadFile(filepath.Join(dir, authority.Certificate))
		if err != nil {
			t.Fatal(err)
		}
		_, cert := ensure(t, dir, now.Add(step.after))
		after, err := os.ReadFile(filepath.Join(dir, authority.Certificate))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Equal(first.Raw, cert.Raw) != step.sameCert || bytes.Equal(before, after) != step.sameTrust {
			t.Errorf("after %v: same certificate %v, same authority %v", step.after, bytes.Equal(first.Raw, cert.Raw), bytes.Equal(before, after))
		}
	}
	for _, name := range []string{"ca.key", "tls.key"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

// A file that was tampered with is an error, not a reason to make clients trust another authority.
func TestDamage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ensure(t, dir, now)
	if err := os.WriteFile(filepath.Join(dir, "ca.key"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := authority.Ensure(dir, now); err == nil {
		t.Error("a damaged key was replaced")
	}
	if _, err := authority.Ensure(filepath.Join(dir, "none"), now); err == nil {
		t.Error("a directory that is not there")
	}
	if _, err := tls.LoadX509KeyPair(filepath.Join(dir, "tls.crt"), filepath.Join(dir, "tls.key")); err != nil {
		t.Error(err)
	}
}
