// Package authority makes the certificates that a server needs to be taken for Meta's hosts by clients that cannot be told another address.
//
// The certificate authority that signs them is made for one data directory, and is worth nothing beyond it: its own certificate says that
// it speaks only for those hosts and for this machine.
package authority

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// Names of the files in the data directory. Clients need the first one only.
const (
	Certificate = "ca.crt"
	authorityK  = "ca.key"
	served      = "tls.crt"
	servedK     = "tls.key"
)

// How long certificates are good. A server's is made anew when less than the margin is left, under the same authority if it lasts.
const (
	authorityLife = 5 * 365 * 24 * time.Hour
	servedLife    = 365 * 24 * time.Hour // clients refuse longer ones
	margin        = 30 * 24 * time.Hour
)

// Hosts are the names that clients have built in, and this machine's.
func Hosts() []string {
	return []string{"graph.facebook.com", "graph-video.facebook.com", "rupload.facebook.com", "localhost"}
}

// addresses are this machine's, as certificates and as limits of the authority name them.
func addresses() []*net.IPNet {
	return []*net.IPNet{
		{IP: net.IPv4(127, 0, 0, 1).To4(), Mask: net.CIDRMask(8, 32)},
		{IP: net.IPv6loopback, Mask: net.CIDRMask(128, 128)},
	}
}

// Ensure makes the files in a directory that are missing or about to expire, and returns the server's certificate.
func Ensure(dir string, now time.Time) (tls.Certificate, error) {
	cert, err := tls.LoadX509KeyPair(filepath.Join(dir, served), filepath.Join(dir, servedK))
	signer, signerErr := tls.LoadX509KeyPair(filepath.Join(dir, Certificate), filepath.Join(dir, authorityK))
	if damaged := errors.Join(unlessMissing(err), unlessMissing(signerErr)); damaged != nil {
		return tls.Certificate{}, fmt.Errorf("certificates in %s: %w", dir, damaged)
	}
	if signerErr != nil || !lasts(signer, now) {
		if signer, err = issue(dir, Certificate, authorityK, authorityTemplate(now), nil); err != nil {
			return tls.Certificate{}, err
		}
	} else if err == nil && lasts(cert, now) && cert.Leaf.CheckSignatureFrom(signer.Leaf) == nil {
		return cert, nil
	}
	return issue(dir, served, servedK, serverTemplate(now), &signer)
}

// unlessMissing forgets that a file is not there yet.
func unlessMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// lasts reports whether a certificate is good for some time yet.
func lasts(c tls.Certificate, now time.Time) bool { return now.Add(margin).Before(c.Leaf.NotAfter) }

// authorityTemplate is a certificate that signs others, for these hosts and nothing else.
func authorityTemplate(now time.Time) *x509.Certificate {
	return &x509.Certificate{
		Subject:   pkix.Name{CommonName: "Marquetry, for tests on this machine only"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(authorityLife),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true, KeyUsage: x509.KeyUsageCertSign,
		PermittedDNSDomainsCritical: true, PermittedDNSDomains: Hosts(), PermittedIPRanges: addresses(),
	}
}

// serverTemplate is the certificate that clients are shown.
func serverTemplate(now time.Time) *x509.Certificate {
	c := &x509.Certificate{
		Subject:   pkix.Name{CommonName: Hosts()[0]},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(servedLife), DNSNames: Hosts(),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for _, network := range addresses() {
		c.IPAddresses = append(c.IPAddresses, network.IP)
	}
	return c
}

// issue makes a key and a certificate, signed by another or by itself, and writes both. Keys are the owner's alone.
func issue(dir, certFile, keyFile string, template *x509.Certificate, signer *tls.Certificate) (none tls.Certificate, err error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return none, err
	}
	if template.SerialNumber, err = rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120)); err != nil {
		return none, err
	}
	parent, by := template, any(key)
	if signer != nil {
		parent, by = signer.Leaf, signer.PrivateKey
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), by)
	if err != nil {
		return none, err
	}
	packed, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return none, err
	}
	certText, keyText := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: packed})
	if err := errors.Join(write(filepath.Join(dir, keyFile), keyText, 0o600), write(filepath.Join(dir, certFile), certText, 0o644)); err != nil {
		return none, err
	}
	return tls.X509KeyPair(certText, keyText)
}

// write replaces a file in one step, so that a reader finds the old one or the new one.
func write(path string, data []byte, mode fs.FileMode) error {
	if err := os.WriteFile(path+".new", data, mode); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}
