package eventlog_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
)

// victim names the variables that make the test binary the process to be killed: the directory to work in and the round.
const (
	victimDir   = "MARQUETRY_VICTIM_DIR"
	victimRound = "MARQUETRY_VICTIM_ROUND"
)

// TestMain runs the tests, or the victim.
func TestMain(m *testing.M) {
	if dir := os.Getenv(victimDir); dir != "" {
		fmt.Fprintln(os.Stderr, victim(context.Background(), dir, os.Getenv(victimRound)))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// open opens the log, the database and the fold that victim and parent share.
func open(ctx context.Context, dir string) (eventlog.Log, *store.DB, *tally, error) {
	log, err := openIn(dir)
	if err != nil {
		return nil, nil, nil, err
	}
	db, err := store.Open(ctx, store.Config{Dir: dir})
	if err != nil {
		return nil, nil, nil, err
	}
	fold, err := newTally(ctx, db, "kill")
	return log, db, fold, err
}

// victim appends from several goroutines and folds, until it is killed. It prints the key and position of each event once
// Append returned, each line in one write, which a pipe never tears.
func victim(ctx context.Context, dir, round string) error {
	log, db, fold, err := open(ctx, dir)
	if err != nil {
		return err
	}
	go eventlog.NewFolder(log, db, slog.Default(), fold).Run(ctx)
	failed := make(chan error)
	for g := range 8 {
		go func() {
			for i := 0; ; i++ {
				key := fmt.Sprint(round, ".", g, ".", i)
				receipts, err := log.Append(ctx, []eventlog.Event{exposure(key)})
				if err == nil {
					_, err = fmt.Printf("%s %d\n", key, receipts[0].Seq)
				}
				if err != nil {
					failed <- err
					return
				}
			}
		}()
	}
	return <-failed
}

// Ten times, a process that appends and folds is killed at a random point; nothing acknowledged is lost or doubled, no
// position is missing, and every fold catches up to the log.
func TestKill(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	acknowledged := map[string]int64{} // position by key
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 10 {
		kill(t, dir, round, 1+random.IntN(400), acknowledged)
		verify(t, dir, acknowledged)
	}
}

// kill starts a victim, waits for it to acknowledge some events, kills it and notes everything that it acknowledged.
func kill(t *testing.T, dir string, round, events int, acknowledged map[string]int64) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), victimDir+"="+dir, victimRound+"="+strconv.Itoa(round))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 1; lines.Scan(); n++ {
		key, position, _ := strings.Cut(lines.Text(), " ")
		if acknowledged[key], err = strconv.ParseInt(position, 10, 64); err != nil {
			t.Fatal(err)
		}
		if n == events {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); cmd.ProcessState.ExitCode() != -1 {
		t.Fatalf("the victim ended by itself: %v", err)
	}
}

// verify opens what the victims left and compares it with what they acknowledged.
func verify(t *testing.T, dir string, acknowledged map[string]int64) {
	t.Helper()
	log, db, fold, err := open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = log.Close(); _ = db.Close() }() // only read from here on, apart from the fold, which is checked
	last, err := eventlog.NewFolder(log, db, slog.Default(), fold).CatchUp(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fold.check(t, db, last)
	events, err := log.Read(t.Context(), 0, int(last)+1)
	if int64(len(events)) != last || err != nil {
		t.Fatalf("%d events up to position %d, %v", len(events), last, err)
	}
	found := map[string]int64{}
	for i, e := range events {
		if e.Seq != int64(i+1) || found[e.Key] != 0 {
			t.Errorf("event %s at %d, in place %d, before at %d", e.Key, e.Seq, i+1, found[e.Key])
		}
		found[e.Key] = e.Seq
	}
	for key, position := range acknowledged {
		if found[key] != position {
			t.Errorf("event %s is at %d, was acknowledged at %d", key, found[key], position)
		}
	}
}
