package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"time"

	"github.com/marquetry/marquetry/client"
)

// settle is how long an idle server is left alone before its memory is read.
const settle = 3 * time.Second

// idle runs this program as a server of its own and returns the milliseconds from its start to its first answer, and the
// megabytes it then holds with nothing to do. The instance is made before, so that the start is an ordinary one.
func idle(ctx context.Context, data string) (ready, megabytes float64, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, 0, err
	}
	if out, err := exec.CommandContext(ctx, self, "token", "create", "--data", data).CombinedOutput(); err != nil { //nolint:gosec // this very program
		return 0, 0, fmt.Errorf("token create: %w: %s", err, out)
	}
	start := time.Now()
	one, child, err := hatch(ctx, streams{err: io.Discard}, data)
	if err != nil {
		return 0, 0, err
	}
	defer func() {
		_ = child.Process.Kill()
		_ = child.Wait()
	}()
	if err := answers(ctx, one.URL); err != nil {
		return 0, 0, err
	}
	ready = float64(time.Since(start).Microseconds()) / 1000
	time.Sleep(settle)
	megabytes, err = resident(child.Process.Pid)
	return ready, megabytes, err
}

// hatch runs this program as a server of its own on a free port, and returns what it says of itself once it listens. It has to be ended.
func hatch(ctx context.Context, to streams, data string, flags ...string) (one started, child *exec.Cmd, err error) {
	self, err := os.Executable()
	if err != nil {
		return one, nil, err
	}
	child = exec.CommandContext(ctx, self, append([]string{"serve", "--json", "--data", data, "--listen", "127.0.0.1:0"}, flags...)...) //nolint:gosec // this very program
	child.Stderr = to.err
	out, err := child.StdoutPipe()
	if err != nil {
		return one, nil, err
	}
	if err := child.Start(); err != nil {
		return one, nil, err
	}
	if err := json.NewDecoder(out).Decode(&one); err != nil {
		_ = child.Process.Kill()
		return one, nil, errors.Join(fmt.Errorf("the server said nothing: %w", err), child.Wait())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return one, child, nil
}

// answers waits until a server answers.
func answers(ctx context.Context, base string) error {
	api, err := client.New(base, "", client.WithRetries(50, 10*time.Millisecond))
	if err != nil {
		return err
	}
	defer api.Close()
	_, err = api.Decide(ctx, client.DecisionRequest{AdID: "1"})
	return err
}

// resident is the memory that a process holds, in megabytes, as Linux tells it.
func resident(pid int) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	line := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(status)
	if line == nil {
		return 0, fmt.Errorf("no VmRSS of process %d", pid)
	}
	kB, err := strconv.ParseFloat(string(line[1]), 64)
	return kB / 1024, err
}
