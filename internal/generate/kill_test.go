package generate

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/edition"
	paint "github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// Variables that make the test binary the process to be killed: where its database is, and before which step it dies.
const (
	victimDir  = "MARQUETRY_VICTIM_DIR"
	victimURL  = "MARQUETRY_VICTIM_URL"
	victimStep = "MARQUETRY_VICTIM_STEP"
	victimKind = "MARQUETRY_VICTIM_KIND" // what it makes
)

// TestMain runs the tests, or the victim.
func TestMain(m *testing.M) {
	if step := os.Getenv(victimStep); step != "" {
		fmt.Fprintln(os.Stderr, victim(context.Background(), store.Config{Dir: os.Getenv(victimDir), URL: os.Getenv(victimURL)}, Kind(os.Getenv(victimKind)), step))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// victim makes a creative and what it opts in to, and kills itself on the way, as hard as can be.
func victim(ctx context.Context, where store.Config, kind Kind, step string) error {
	db, err := store.Open(ctx, where)
	if err != nil {
		return err
	}
	config := defaults(db, func() time.Time { return time.UnixMilli(epoch) })
	config.Paint, config.Fetch = painter(new(atomic.Int64)), shop
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
		switch kind {
		case Images:
			id, err = opted(ctx, tx, s, kind, showing("picture", fmt.Sprint("https://shop.example/", step[0])), paint.Uncrop, paint.Brightness)
		case Backgrounds:
			id, err = opted(ctx, tx, s, kind, catalogAd(), paint.Background)
		default:
			id, err = newCreative(ctx, tx, s, epoch/1000, "text_generation")
		}
		return err
	})
	if err != nil || kind == Texts {
		return errors.Join(err, s.Await(ctx, id))
	}
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	return s.Run(ctx)
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
				killed(t, at, Texts, step)
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

// A process is killed on the way to pictures. Whoever starts next makes what is missing, and only that: of the items of a product set no more than one slice.
func TestKilledWhilePainting(t *testing.T) {
	t.Parallel()
	at := store.Config{Dir: storetest.Dir(t)}
	db, err := store.Open(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	var asked atomic.Int64
	f := newFixture(t, db, func(c *Config) { c.Paint, c.Fetch = painter(&asked), shop })
	f.clock.Add(2 * time.Minute.Milliseconds())
	f.stock(0, 80)
	for kind, rows := range map[Kind]int{Images: 3, Backgrounds: styles} {
		for _, step := range []string{"gathered", "painted", "kept", "assets", "job", "ledger", "done"} {
			killed(t, at, kind, step)
		}
		f.run(f.Service)
		err := db.Read(t.Context(), func(tx store.Tx) error {
			return tx.All(t.Context(), "adcreative", func(c *store.Object) error {
				assets, err := edition.Assets(t.Context(), tx, c.ID)
				if (c.Text("product_set_id") != "") == (kind == Backgrounds) && (len(assets) != rows || c.Status != object.Active) {
					t.Errorf("%s %s: %v", kind, c.Status, said(assets))
				}
				return err
			})
		})
		if err != nil {
			t.Error(err)
		}
	}
	if v, _ := f.verified(); v.Why != "" {
		t.Error(v)
	}
	if n := asked.Load(); n > 40 {
		t.Errorf("asked %d times: what victims kept was made again", n)
	}
}

// killed runs a victim to its end.
func killed(t *testing.T, at store.Config, kind Kind, step string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), victimDir+"="+at.Dir, victimURL+"="+at.URL, victimStep+"="+step, victimKind+"="+string(kind))
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); cmd.ProcessState.ExitCode() != -1 {
		t.Fatalf("the victim ended by itself before %s: %v", step, err)
	}
}
