package openrtb

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/object"
)

var update = flag.Bool("update", false, "write golden files")

// examples are the requests of testdata by name: small ones with the structure of those of the specification, section 6.2, and of Native 1.2.
func examples(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/*.json")
	if err != nil || len(names) == 0 {
		t.Fatal(err, "no examples")
	}
	all := map[string][]byte{}
	for _, name := range names {
		if all[filepath.Base(name)], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// TestExamples reads every example and compares what was understood of it.
func TestExamples(t *testing.T) {
	t.Parallel()
	for name, body := range examples(t) {
		r, err := Parse(body)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got strings.Builder
		fmt.Fprintf(&got, "viewer %+v\nidentifiable %t, mobile %t, second price %t\n", r.Viewer(2026), r.Identifiable(), r.mobile(), r.SecondPrice())
		for i := range r.Imp {
			slot, why := r.Slot(&r.Imp[i])
			fmt.Fprintf(&got, "imp %s: %v %s native %t, floor %d, no bid %q\n", r.Imp[i].ID, slot.Size, slot.Placement, slot.Native != nil, r.Imp[i].FloorMicros(), why)
		}
		path := filepath.Join("testdata", strings.TrimSuffix(name, ".json")+".golden")
		if *update {
			if err := os.WriteFile(path, []byte(got.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil || got.String() != string(want) {
			t.Errorf("%s (go test -update writes it): %v\n%s", path, err, got.String())
		}
	}
}

// TestRefused lists requests that nobody can answer.
func TestRefused(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		``:                      "openrtb.json",
		`[]`:                    "openrtb.type",
		`{}`:                    "openrtb.id.length id",
		`{"id":7}`:              "openrtb.type id",
		`{"id":"1"}`:            "openrtb.imp.count imp",
		`{"id":"1","imp":[{}]}`: "openrtb.imp.id.length imp.0.id",
		`{"id":"1","imp":[{"id":"a"},{"id":"a"}]}`:                                          "openrtb.imp.id.unique imp.1.id",
		`{"id":"1","imp":[{"id":"a","bidfloor":"0.5"}]}`:                                    "openrtb.type imp.bidfloor",
		`{"id":"1","imp":[{"id":"a","bidfloor":-1}]}`:                                       "openrtb.bidfloor.range imp.0.bidfloor",
		`{"id":"1","imp":[{"id":"a","bidfloor":1e300}]}`:                                    "openrtb.bidfloor.range imp.0.bidfloor",
		`{"id":"1","imp":[{"id":"a","banner":{"w":-3}}]}`:                                   "openrtb.size.range imp.0.banner",
		`{"id":"1","imp":[{"id":"a","banner":{"format":[{"w":1,"h":99999}]}}]}`:             "openrtb.size.range imp.0.banner",
		`{"id":"1","tmax":-1,"imp":[{"id":"a"}]}`:                                           "openrtb.tmax.range tmax",
		`{"id":"1","imp":[{"id":"a","native":{}}]}`:                                         "openrtb.json imp.0.native.request",
		`{"id":"1","imp":[{"id":"a","native":{"request":"{}"}}]}`:                           "openrtb.native.assets imp.0.native.request",
		`{"id":"1","imp":[{"id":"a","native":{"request":"{\"assets\":[{\"id\":true}]}"}}]}`: "openrtb.type imp.0.native.request.assets.id",
		`{"id":"1","imp":[` + strings.Repeat(`{"id":"a"},`, maxImps) + `{"id":"b"}]}`:       "openrtb.imp.count imp",
	} {
		_, err := Parse([]byte(body))
		var f *object.Fault
		if !errors.As(err, &f) || strings.TrimSpace(f.Rule+" "+strings.Join(f.Path, ".")) != want || f.Message == "" {
			t.Errorf("%.60s: %v, %+v; want %s", body, err, f, want)
		}
	}
}
