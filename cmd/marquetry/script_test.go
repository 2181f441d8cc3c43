package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the scripts run this program by its name.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"marquetry": main})
}

// TestScripts runs testdata/script: what a person types, and what comes back.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("NO_COLOR", "1")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":     exits,
			"listening": listening,
			"get":       get,
			"token":     token,
			"secure":    secure,
			"draw":      drawPicture,
			"pictured":  pictured,
		},
	})
}

// exits runs a command and compares its exit code: exits 2 marquetry token create --scopes nonsense.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: exits code command …")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	if err != nil {
		found := regexp.MustCompile(`exit status (\d+)`).FindStringSubmatch(err.Error())
		if found == nil {
			ts.Fatalf("%v", err)
		}
		code = found[1]
	}
	if code != args[0] {
		ts.Fatalf("exit code %s, want %s", code, args[0])
	}
}

// listening reads what a server in the background writes to a named pipe until it has said where it listens. The address goes
// into URL and, without http://, into ADDRESS, what was read into a file: listening pipe out.txt.
func listening(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: listening pipe file")
	}
	pipe, err := os.Open(ts.MkAbs(args[0])) // blocks until the server has opened its end
	ts.Check(err)
	ts.Defer(func() { ts.Check(pipe.Close()) }) // not before the end: a server without a reader would be killed
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	text := ""
	for lines := bufio.NewScanner(pipe); lines.Scan(); {
		text += lines.Text() + "\n"
		if found := address.FindString(text); found != "" {
			ts.Setenv("URL", found)
			ts.Setenv("ADDRESS", strings.TrimPrefix(found, "http://"))
			ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
			return
		}
	}
	ts.Fatalf("the server ended without an address: %q", text)
}

// get asks for an address with the token in TOKEN, if there is one, and compares the status: get 200 $URL/me.
func get(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: get status address")
	}
	request, err := http.NewRequest(http.MethodGet, args[1], nil)
	ts.Check(err)
	if token := ts.Getenv("TOKEN"); token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	ts.Check(err)
	ts.Check(response.Body.Close())
	if got := response.Status[:3]; got != args[0] {
		ts.Fatalf("%s answers %s, want %s", args[1], got, args[0])
	}
}

// secure asks for an address of Meta's, with the token in TOKEN, as a client would that finds the server under that name and trusts only
// the certificate: secure ca.crt out.txt https://graph.facebook.com/me. The answer is the standard output.
func secure(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: secure certificate file address")
	}
	server := regexp.MustCompile(`https://(127\.0\.0\.1:\d+)`).FindStringSubmatch(ts.ReadFile(args[1]))
	pool := x509.NewCertPool()
	if server == nil || !pool.AppendCertsFromPEM([]byte(ts.ReadFile(args[0]))) {
		ts.Fatalf("no address in %s, or no certificate in %s", args[1], args[0])
	}
	client := http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}, ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, server[1])
		},
	}}
	defer client.CloseIdleConnections()
	request, err := http.NewRequest(http.MethodGet, args[2], nil)
	ts.Check(err)
	request.Header.Set("Authorization", "Bearer "+ts.Getenv("TOKEN"))
	response, err := client.Do(request)
	ts.Check(err)
	text, err := io.ReadAll(response.Body)
	ts.Check(errors.Join(err, response.Body.Close()))
	if response.ProtoMajor != 2 {
		ts.Fatalf("%s is spoken, not HTTP/2", response.Proto)
	}
	_, err = ts.Stdout().Write(text)
	ts.Check(err)
}

// token puts the one line of a file into TOKEN: token file.
func token(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: token file")
	}
	ts.Setenv("TOKEN", strings.TrimSpace(ts.ReadFile(args[0])))
}
