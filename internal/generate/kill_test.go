package generate

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// Variables that make the test binary the process to be killed: where its database is, and before which step it dies.
const (
	victimDir  = "MARQUETRY_VICTIM_DIR"
	victimURL  = "MARQUETRY_VICTIM_URL"
	victimStep = "MARQUETRY_VICTIM_STEP"
)

// TestMain runs the tests, or the victim.
func TestMain(m *testing.M) {
	if step := os.Getenv(victimStep); step != "" {
		fmt.Fprintln(os.Stderr, victim(context.Background(), store.Config{Dir: os.Getenv(victimDir), URL: os.Getenv(victimURL)}, step))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// victim makes a creative and its texts as a request does, and kills itself on the way, as hard as can be.
func victim(ctx context.Context, where store.Config, step string) error {
	db, err := store.Open(ctx, where)
	if err != nil {
		return err
	}
	config := defaults(db, func() time.Time { return time.UnixMilli(epoch) })
	config.Step = func(name string) {
		if name == step {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // until the signal arrives
		}
	}
	s, err := New(config)
	if err != nil {
		return err
	}
	var id string
	err = db.Write(ctx, func(tx store.Tx) (err error) {
		id, err = newCreative(ctx, tx, s, epoch/1000, "text_generation")
		return err
	})
	if err != nil {
		return err
	}
	return s.Await(ctx, id)
}

// steps are those of a job, from its order to its end.
func steps() []string {
	return []string{"enqueue", "lease", "leased", "gathered", "made", "finish", "assets", "job", "creative", "ledger", "done"}
}

// A process is killed before each step of a job in turn. Whoever starts next finds each creative that was committed with its job, and does
// it once: job, feed, assets and ledger agree.
func TestKilledBetweenSteps(t *testing.T) {
	t.Parallel()
	for name, where := range map[string]func(t *testing.T) store.Config{
		"sqlite":   func(t *testing.T) store.Config { return store.Config{Dir: storetest.Dir(t)} },
		"postgres": func(t *testing.T) store.Config { return store.Config{URL: storetest.Postgres(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := where(t)
			db, err := store.Open(t.Context(), at)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			f := newFixture(t, db, nil)
			f.clock.Add(2 * time.Minute.Milliseconds()) // past the victims' leases
			for i, step := range steps() {
				killed(t, at, step)
				f.run(f.Service)
				var ids []string
				err := db.Read(t.Context(), func(tx store.Tx) error {
					return tx.All(t.Context(), "adcreative", func(o *store.Object) error { ids = append(ids, o.ID); return nil })
				})
				if err != nil || len(ids) != i {
					t.Errorf("before %s: %d creatives, want %d; %v", step, len(ids), i, err)
				}
				f.agree(4, ids...)
			}
		})
	}
}

// killed runs a victim to its end.
func killed(t *testing.T, at store.Config, step string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), victimDir+"="+at.Dir, victimURL+"="+at.URL, victimStep+"="+step)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); cmd.ProcessState.ExitCode() != -1 {
		t.Fatalf("the victim ended by itself before %s: %v", step, err)
	}
}
