package deliver

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/atlas"
	"github.com/marquetry/marquetry/internal/bandit/heritage"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/target"
	"github.com/marquetry/marquetry/internal/traffic"
)

// Sources is what the service takes from outside so that tests can repeat it.
type Sources struct {
	Now    func() time.Time
	Random io.Reader // unguessable and safe for concurrent use, such as crypto/rand.Reader
}

// Service decides, takes in events and learns. Make it with New, start Run, mount Handler.
type Service struct {
	cfg     Config
	db      *store.DB
	events  eventlog.Log
	log     *slog.Logger
	sources Sources
	folder  *eventlog.Folder
	started time.Time

	signer   atomic.Pointer[Signer]
	snapshot atomic.Pointer[Snapshot]
	viewers  *viewerHasher
	callers  *callerCache
	cards    cards
	buffers  sync.Pool // of *[]byte, for answers
	numbers  sync.Pool // of *[8]byte, that random ones are read into
	rankings sync.Pool // of *ranking
	queries  sync.Pool // of *query
	counts   counters
	clicks   traffic.Counter // of viewers and addresses, by ad
	requests traffic.Counter // that report something, of addresses
	newNames newNames
	seen     exposures
	looks    looks
	places   map[string]object.PreviewFormat // by name; not changed
	recalled *index                          // of which the caps are counted since their windows began; of Warm and Run alone
	followed int64                           // position in the log up to which impressions were taken in; of Warm and Run alone
	zones    zones
	targets  *target.Compiler

	gates     gates             // changed while learning is held
	process   atomic.Uint32     // number of this process among those that share budgets; 0 when it shares none
	replaying chan struct{}     // has room for the one replay under way
	learning  turn              // of whoever makes a new snapshot, never of a decision
	models    map[string]fitted // by ad id
	pending   map[string]int64  // events folded, by ad that has some that its model does not know
	refitted  string            // id of the ad that was fitted last
	behind    atomic.Bool       // not all ads with events have a model yet, since the start
	heritages map[teaching]*heritage.Heritage
}

// New opens the keys and makes the first snapshot from the objects that the database holds. folder runs the folds over the event log, the
// learning one among them.
func New(ctx context.Context, cfg Config, db *store.DB, events eventlog.Log, folder *eventlog.Folder, src Sources, log *slog.Logger) (*Service, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	world, err := atlas.Read()
	if err != nil {
		return nil, err
	}
	s := &Service{
		cfg: cfg, db: db, events: events, log: log, sources: src, folder: folder, started: src.Now(),
		callers: newCallerCache(db), places: positions(), targets: target.NewCompiler(world), models: map[string]fitted{}, pending: map[string]int64{}, heritages: map[teaching]*heritage.Heritage{},
		buffers: sync.Pool{New: func() any { return new([]byte) }}, numbers: sync.Pool{New: func() any { return new([8]byte) }},
		rankings: sync.Pool{New: func() any { return new(ranking) }}, queries: sync.Pool{New: func() any { return new(query) }},
		replaying: make(chan struct{}, 1), learning: newTurn(), seen: newExposures(), gates: gates{tailed: -1, demand: map[string]*demand{}},
	}
	if cfg.SharedBudgets {
		s.gates.peers = &peers{}
	}
	err = db.Write(ctx, func(tx store.Tx) error {
		signer, err := openKeyring(ctx, tx, src.Now(), cfg, src.Random)
		if err != nil {
			return err
		}
		s.signer.Store(signer)
		s.viewers, err = openViewerHasher(ctx, tx, src.Random)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("deliver: keys: %w", err)
	}
	if err := s.refresh(ctx, objectsOnly); err != nil {
		return nil, err
	}
	return s, nil
}

// pace is how often Run looks for folded events and for objects that another process changed; no ad is refitted more often.
const pace = time.Second

// Warm fits the active ads to what was folded before the start, so that the first decisions already know it, what of the budgets is
// spent and who saw what lately. Run fits the others, and those for which the start does not take the time.
func (s *Service) Warm(ctx context.Context) error {
	if err := s.recall(ctx); err != nil {
		return fmt.Errorf("deliver: recall exposures: %w", err)
	}
	if err := s.beat(ctx); err != nil {
		return err
	}
	if err := s.foldLogged(ctx); err != nil {
		return err
	}
	return s.refresh(ctx, whatRuns)
}

// foldLogged folds what was logged and not folded before the start, so that it is not spent again. Should that be long, Run has the rest.
func (s *Service) foldLogged(ctx context.Context) error {
	some, cancel := context.WithTimeout(ctx, whatRuns.patience())
	defer cancel()
	if _, err := s.folder.CatchUp(some); err != nil && some.Err() == nil {
		return err
	}
	return ctx.Err()
}

// Run keeps the snapshot up to date until ctx ends.
func (s *Service) Run(ctx context.Context) error {
	if s.process.Load() == 0 {
		if err := s.beat(ctx); err != nil {
			return err
		}
	}
	s.behind.Store(true)
	if err := s.refresh(ctx, theRest); err != nil {
		return err
	}
	defer func() {
		if err := s.leave(context.WithoutCancel(ctx)); err != nil {
			s.log.WarnContext(ctx, "the last requests were not counted", "error", err)
		}
	}()
	tick := time.NewTicker(pace)
	defer tick.Stop()
	for {
		changed := s.db.Changed()
		mode := objectsOnly
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		case <-tick.C:
			if s.cfg.AutoRefit {
				mode = whatIsDue
			}
			if s.behind.Load() {
				mode = theRest
			}
			if err := s.rotateKeys(ctx); err != nil {
				s.log.ErrorContext(ctx, "token keys were not rotated", "error", err)
			}
			if err := s.beat(ctx); err != nil && ctx.Err() == nil {
				s.log.ErrorContext(ctx, "budgets are not shared with other processes", "error", err)
			}
		}
		if err := s.refresh(ctx, mode); err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "decisions go on with the snapshot before", "error", err)
		}
		if err := s.remember(ctx); err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "frequency caps do not count all that was logged", "error", err)
		}
	}
}

// rotateKeys replaces the signing key when it is old enough, and reads now and then what other processes made of the keys.
func (s *Service) rotateKeys(ctx context.Context) error {
	signer, now := s.signer.Load(), s.sources.Now()
	if signer.due(now, s.cfg.KeyLife) {
		return s.db.Write(ctx, func(tx store.Tx) error {
			signer, err := openKeyring(ctx, tx, now, s.cfg, s.sources.Random)
			if err == nil {
				s.signer.Store(signer)
			}
			return err
		})
	}
	if now.Sub(signer.read) < reread {
		return nil
	}
	return s.db.Read(ctx, func(tx store.Tx) error {
		keys, err := readKeys(ctx, tx)
		if err == nil && len(keys) > 0 {
			s.signer.Store(newSigner(keys, s.cfg.TokenTTL, now))
		}
		return err
	})
}

// Snapshot is the published state that decisions are made from.
func (s *Service) Snapshot() *Snapshot { return s.snapshot.Load() }

// random is an unguessable number. It panics when the source of randomness fails, since nothing safe can be signed without it.
func (s *Service) random() uint64 {
	b := s.numbers.Get().(*[8]byte)
	defer s.numbers.Put(b)
	if _, err := io.ReadFull(s.sources.Random, b[:]); err != nil {
		panic(fmt.Errorf("deliver: random source: %w", err))
	}
	return binary.BigEndian.Uint64(b[:])
}

// counters count what was not logged.
type counters struct{ malformed, forged, stale, replayed, duplicate, wins, losses, fallbacks atomic.Int64 }

// Refused reads the counters.
func (s *Service) Refused() client.Refused {
	c := &s.counts
	return client.Refused{Malformed: c.malformed.Load(), Forged: c.forged.Load(), Stale: c.stale.Load(), Replayed: c.replayed.Load()}
}
