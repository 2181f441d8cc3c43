package deliver

import (
	"encoding/base64"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/eventlog"
)

// testSigner is a signer with one key per given id, the last of which signs.
func testSigner(ids ...byte) *Signer {
	var keys []storedKey
	for _, id := range ids {
		keys = append(keys, storedKey{ID: id, Bytes: []byte{id, 1, 2, 3}})
	}
	return newSigner(keys, 7*24*time.Hour, noon)
}

// sample is a full exposure of a decision at noon.
func sample() *eventlog.Exposure {
	return &eventlog.Exposure{
		Decision: 1 << 63, At: noon.UnixMilli(), AdID: theAd, CreativeID: theCreative, Slots: []uint8{2, 1, 0, 1, 1, 0}, Viewer: 42,
		Context:    eventlog.Context{Age: "25-34", Gender: "female", Country: "US", Region: "Kalifornien", Placement: "INSTAGRAM_STORY", Device: "iphone", Exposure: "2-3"},
		Propensity: 1.0 / 108, Price: 5000, Policy: "thompson-logistic", Control: true,
	}
}

// anyExposure draws exposures with ids of digits and of other forms.
func anyExposure() *rapid.Generator[*eventlog.Exposure] {
	return rapid.Custom(func(t *rapid.T) *eventlog.Exposure {
		id := rapid.OneOf(rapid.StringMatching(`[1-9][0-9]{0,18}`), rapid.StringN(1, 30, 40))
		word := rapid.StringN(0, 20, 40)
		return &eventlog.Exposure{
			Decision: rapid.Uint64().Draw(t, "decision"), At: rapid.Int64().Draw(t, "at"),
			AdID: id.Draw(t, "ad"), CreativeID: id.Draw(t, "creative"),
			Slots: rapid.SliceOfN(rapid.Byte(), 1, 8).Draw(t, "slots"), Viewer: rapid.Uint64().Draw(t, "viewer"),
			Context: eventlog.Context{
				Age: word.Draw(t, "age"), Gender: word.Draw(t, "gender"), Country: word.Draw(t, "country"),
				Region: word.Draw(t, "region"), Placement: word.Draw(t, "placement"), Device: word.Draw(t, "device"),
				Exposure: word.Draw(t, "exposure"),
			},
			Propensity: rapid.Float64Range(0, 1).Draw(t, "propensity"), Price: rapid.Int64().Draw(t, "price"),
			Policy: word.Draw(t, "policy"), Sandbox: rapid.Bool().Draw(t, "sandbox"), Control: rapid.Bool().Draw(t, "control"),
			Process: rapid.Uint8().Draw(t, "process"), Bid: rapid.Bool().Draw(t, "bid"),
			Windows: eventlog.WindowsOf(rapid.SampledFrom([]int64{0, 1, 7}).Draw(t, "click"), rapid.SampledFrom([]int64{0, 1}).Draw(t, "view")),
		}
	})
}

func TestTokenRoundTrip(t *testing.T) {
	t.Parallel()
	signer := testSigner(1)
	rapid.Check(t, func(t *rapid.T) {
		want := anyExposure().Draw(t, "exposure")
		got, err := signer.open(string(signer.Sign(nil, want)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestTokenOfBefore opens a token from before the control slice and the count of exposures were in it.
func TestTokenOfBefore(t *testing.T) {
	t.Parallel()
	const old = "AQEAgAAAAAAAAACAiIWywGiXgILwtajC1QGWgILwtajC1QEGAgEAAQEAAAAAAAAAACoFMjUtMzQGZmVtYWxlAlVTC0thbGlmb3JuaWVuD0lOU1RBR1JBTV9TVE9SWQZpcGhvbmURdGhvbXBzb24tbG9naXN0aWM_gvaEvaEvaJBOlaeCSaeNdUpj5J1pYHI0Gg"
	got, err := testSigner(1).Verify(old, noon)
	if err != nil {
		t.Fatal(err)
	}
	want := sample()
	want.Control, want.Context.Exposure = false, ""
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestTokenFlippedBit changes every single bit of a token, in its text and in its bytes.
func TestTokenFlippedBit(t *testing.T) {
	t.Parallel()
	signer := testSigner(1)
	token := signer.Sign(nil, sample())
	for i := range 8 * len(token) {
		forged := slices.Clone(token)
		forged[i/8] ^= 1 << (i % 8)
		if _, err := signer.Verify(string(forged), noon); err == nil {
			t.Fatalf("bit %d of the text flipped and accepted", i)
		}
	}
	raw, err := base64.RawURLEncoding.DecodeString(string(token))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 8 * len(raw) {
		forged := slices.Clone(raw)
		forged[i/8] ^= 1 << (i % 8)
		if _, err := signer.Verify(base64.RawURLEncoding.EncodeToString(forged), noon); err == nil {
			t.Fatalf("bit %d of the bytes flipped and accepted", i)
		}
	}
}

func TestTokenRefusals(t *testing.T) {
	t.Parallel()
	signer := testSigner(1)
	token := string(signer.Sign(nil, sample()))
	sandbox := sample()
	sandbox.Sandbox = true
	for name, c := range map[string]struct {
		token string
		now   time.Time
		want  error
	}{
		"good":               {token, noon, nil},
		"a week later":       {token, noon.Add(7 * 24 * time.Hour), nil},
		"over a week later":  {token, noon.Add(7*24*time.Hour + time.Millisecond), ErrStale},
		"from the future":    {token, noon.Add(-time.Hour), ErrStale},
		"sandbox, years old": {string(signer.Sign(nil, sandbox)), noon.AddDate(3, 0, 0), nil},
		"empty":              {"", noon, ErrMalformed},
		"another language":   {"IwAR2xyz", noon, ErrMalformed},
		"cut":                {token[:20], noon, ErrMalformed},
		"line end":           {token[:8] + "\n" + token[8:], noon, ErrMalformed},
		"padded":             {token + "=", noon, ErrMalformed},
		"huge":               {strings.Repeat("A", maxTokenText+1), noon, ErrMalformed},
		"unknown key":        {string(testSigner(9).Sign(nil, sample())), noon, ErrForged},
		"same id, other key": {string(newSigner([]storedKey{{ID: 1, Bytes: []byte("x")}}, time.Hour, noon).Sign(nil, sample())), noon, ErrForged},
	} {
		if _, err := signer.Verify(c.token, c.now); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestTokenSize(t *testing.T) {
	t.Parallel()
	if n := len(testSigner(1).Sign(nil, sample())); n > 256 {
		t.Errorf("a full token has %d characters, want at most 256", n)
	}
}

func TestRotate(t *testing.T) {
	t.Parallel()
	const life, ttl = 30 * 24 * time.Hour, 7 * 24 * time.Hour
	random := newSeeded(1)
	step := func(keys []storedKey, now time.Time) []storedKey {
		t.Helper()
		keys, _, err := rotate(keys, now, life, ttl, random)
		if err != nil {
			t.Fatal(err)
		}
		return keys
	}
	first := step(nil, noon)
	token := string(newSigner(first, ttl, noon).Sign(nil, sample()))
	same := step(first, noon.Add(life))
	second := step(first, noon.Add(life+time.Second))
	third := step(second, noon.Add(life+ttl+time.Minute))
	if len(first) != 1 || len(same) != 1 || len(second) != 2 || len(third) != 1 || third[0].ID != 2 {
		t.Errorf("rings of %d, %d, %d and %d keys", len(first), len(same), len(second), len(third))
	}
	if _, err := newSigner(second, ttl, noon).Verify(token, noon); err != nil {
		t.Errorf("the old key does not verify any more: %v", err)
	}
	if _, err := newSigner(third, ttl, noon).Verify(token, noon); !errors.Is(err, ErrForged) {
		t.Errorf("the key that is gone: %v", err)
	}
}

// Processes share the keys: a new one is understood by all before any signs with it, and none asks for another.
func TestKeysAreShared(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	other, err := New(t.Context(), f.cfg, f.db, f.log, f.folder, Sources{Now: f.clock.Now, Random: newSeeded(2)}, f.Service.log)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		after time.Duration
		keys  int
		key   byte
	}{{f.cfg.KeyLife, 1, 1}, {time.Second, 2, 1}, {reread, 2, 1}, {settle, 2, 2}} {
		f.clock.advance(step.after)
		for _, s := range []*Service{f.Service, other} {
			if err := s.rotateKeys(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		for _, s := range []*Service{f.Service, other} {
			signer := s.signer.Load()
			if id := signer.keys[signer.signing].id; len(signer.keys) != step.keys || id != step.key {
				t.Errorf("after %v: %d keys, key %d signs; want %d and %d", step.after, len(signer.keys), id, step.keys, step.key)
			}
			if _, err := other.signer.Load().Verify(string(signer.Sign(nil, &eventlog.Exposure{At: f.clock.Now().UnixMilli(), AdID: "1", CreativeID: "2"})), f.clock.Now()); err != nil {
				t.Errorf("after %v: %v", step.after, err)
			}
		}
	}
}

func TestKeysSurviveRestart(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	d := f.decide(t, client1())
	again, err := New(t.Context(), f.cfg, f.db, f.log, f.folder, Sources{Now: f.clock.Now, Random: newSeeded(2)}, f.Service.log)
	if err != nil {
		t.Fatal(err)
	}
	e, err := again.exposure(d.Token, noon)
	if err != nil {
		t.Fatal(err)
	}
	if e.Viewer == 0 || e.Viewer != again.viewers.hash("v1") {
		t.Error("the viewer's hash differs after a restart")
	}
}

func TestViewerHash(t *testing.T) {
	t.Parallel()
	h := &viewerHasher{key: newSigningKey(0, []byte("k"))}
	const sha = "f6e0a1e2ac41945a9aa7ff8a8aaa0cebc12a3bcc981a929ad5cf810a090e11ae" // of "111"
	if h.hash("") != 0 || h.hash("111") == 0 || h.hash("111") != h.hash(sha) || h.hash("111") == h.hash("112") {
		t.Error("equal ids, hashed or plain, must be equal, others not, none 0")
	}
}

// FuzzToken looks for tokens that crash the reader and for second spellings of one token.
func FuzzToken(f *testing.F) {
	signer := testSigner(1)
	f.Add(string(signer.Sign(nil, sample())))
	f.Add("AQE")
	f.Fuzz(func(t *testing.T, token string) {
		e, err := signer.open(token)
		if err == nil && string(signer.Sign(nil, e)) != token && !math.IsNaN(e.Propensity) {
			t.Errorf("%q is a second spelling of a token", token)
		}
		if raw, err := base64.RawURLEncoding.DecodeString(token); err == nil {
			readExposure(raw) // must not panic on bytes that nobody signed
		}
	})
}
