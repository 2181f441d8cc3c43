package test

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
)

// programDir is where the command is built.
var programDir = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "marquetry-test") })

// TestMain removes the command that was built.
func TestMain(m *testing.M) {
	code := m.Run()
	if dir, err := programDir(); err == nil {
		_ = os.RemoveAll(dir)
	}
	os.Exit(code)
}

// program builds the command once for all tests of this package and returns its path.
var program = sync.OnceValues(func() (string, error) {
	dir, err := programDir()
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "marquetry")
	out, err := exec.Command("go", "build", "-o", path, "../cmd/marquetry").CombinedOutput()
	if err != nil {
		return "", &buildError{string(out)}
	}
	return path, nil
})

// buildError carries the compiler's words.
type buildError struct{ output string }

// Error is what the compiler said.
func (e *buildError) Error() string { return e.output }

// command prepares a run of the program; cancelling the test kills it.
func command(ctx context.Context, t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatalf("build: %v", err)
	}
	return exec.CommandContext(ctx, path, args...)
}

// server is a running `marquetry serve`.
type server struct {
	cmd  *exec.Cmd
	Base string // http://127.0.0.1:port
}

// serve starts the program on a free port over a data directory and returns when it answers.
func serve(t *testing.T, data string, args ...string) *server {
	t.Helper()
	cmd := command(t.Context(), t, append([]string{"serve", "--data", data, "--listen", "127.0.0.1:0"}, args...)...)
	r, w := io.Pipe()
	cmd.Stdout, cmd.Stderr = w, w
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &server{cmd: cmd}
	t.Cleanup(s.kill)

	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	ready := make(chan struct{})
	go func() {
		lines := bufio.NewScanner(r)
		for lines.Scan() {
			if m := address.FindString(lines.Text()); m != "" && s.Base == "" {
				s.Base = m
				close(ready)
			}
		}
		_, _ = io.Copy(io.Discard, r)
	}()
	select {
	case <-ready:
	case <-time.After(time.Minute):
		t.Fatal("the server did not say where it listens")
	}
	return s
}

// kill ends the program as a power cut would, and waits until it is gone.
func (s *server) kill() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

// newToken makes a token for everything.
func newToken(t *testing.T, data string) string {
	t.Helper()
	out, err := command(t.Context(), t, "token", "create", "--data", data, "--scopes", "admin,sandbox").Output()
	if err != nil {
		t.Fatalf("token create: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// client returns a client with a new token.
func (s *server) client(t *testing.T, data string) *client.Client {
	t.Helper()
	c, err := client.New(s.Base, newToken(t, data))
	if err != nil {
		t.Fatal(err)
	}
	return c
}
