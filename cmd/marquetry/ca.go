package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/marquetry/marquetry/internal/authority"
)

// caCmd is `marquetry ca`.
type caCmd struct {
	Data string `help:"Directory of the data." default:"data" type:"path"`
}

// Help is the example shown by --help.
func (caCmd) Help() string {
	return "Prints the path of the certificate of an authority that is made for this directory and signs for graph.facebook.com, " +
		"graph-video.facebook.com, rupload.facebook.com and this machine, and for nothing else. Clients that are to trust serve --tls-addr need it. " +
		"Give it to one process at a time, by its environment; do not install it.\n\n" +
		"Examples:\n  NODE_EXTRA_CA_CERTS=$(marquetry ca --data ./data) node app.js\n" +
		"  curl --cacert $(marquetry ca) --connect-to graph.facebook.com:443:127.0.0.1:8443 https://graph.facebook.com/v25.0/me"
}

// Run makes what is missing and prints where it is.
func (c caCmd) Run(io streams) error {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return err
	}
	if _, err := authority.Ensure(c.Data, time.Now()); err != nil {
		return err
	}
	fmt.Fprintln(io.out, filepath.Join(c.Data, authority.Certificate))
	return nil
}

// secured puts TLS on a listener, with the certificate of a data directory.
func secured(listener net.Listener, data string) (net.Listener, error) {
	if err := os.MkdirAll(data, 0o700); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	cert, err := authority.Ensure(data, time.Now())
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{cert}, NextProtos: []string{"h2", "http/1.1"}, MinVersion: tls.VersionTLS12}), nil
}
