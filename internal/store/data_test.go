package store

import (
	"encoding/json"
	"maps"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// values draws what Data can hold and reads back unchanged: floats are such as no integer equals.
func values() *rapid.Generator[any] {
	return rapid.Deferred(func() *rapid.Generator[any] {
		return rapid.OneOf(
			rapid.String().AsAny(), rapid.Int64().AsAny(), rapid.Bool().AsAny(), rapid.Just[any](nil),
			rapid.Float64().Filter(func(f float64) bool { return f != math.Trunc(f) }).AsAny(),
			rapid.SliceOfN(values(), 0, 3).AsAny(), rapid.MapOfN(rapid.String(), values(), 0, 3).AsAny(),
		)
	})
}

// Data reads back as it was written, whatever its shape.
func TestDataRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.MapOfN(rapid.String(), values(), 0, 5).Draw(t, "data")
		text, err := encodeData(maps.Clone(want))
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodeData(text)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Fatalf("%s: %v (-want +got):\n%s", text, err, diff)
		}
	})
}

// The edges of the numbers, and data that is none.
func TestDecodeData(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]any{
		`9223372036854775807`: int64(math.MaxInt64), `9223372036854775808`: float64(math.MaxInt64), `3`: int64(3), `3.0`: 3.0, `1e2`: 100.0, `-0`: int64(0),
	} {
		got, err := decodeData(`{"n":` + text + `}`)
		if diff := cmp.Diff(map[string]any{"n": want}, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", text, err, diff)
		}
	}
	for _, text := range []string{"", "[]", "{", "{} {}", `"x"`, "7"} {
		if got, err := decodeData(text); err == nil {
			t.Errorf("%q decoded to %v", text, got)
		}
	}
	if text, err := encodeData(nil); text != "{}" || err != nil {
		t.Errorf("no data is %q, %v", text, err)
	}
	if _, err := encodeData(map[string]any{"n": math.Inf(1)}); err == nil {
		t.Error("infinity was encoded")
	}
}

// Whatever text a row has, decoding ends with an error or with data that can be written again.
func FuzzDecodeData(f *testing.F) {
	for _, seed := range []string{`{"a":[1,2.5,{"b":null}]}`, `{"a":1e999}`, `{}{}`, "{\"\x00\":1}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		data, err := decodeData(text)
		if err != nil || !json.Valid([]byte(text)) {
			return
		}
		if _, err := encodeData(data); err != nil {
			t.Errorf("%q reads as %v: %v", text, data, err)
		}
	})
}

// TestObjectReaders reads from accounts with and without a usable zone, and from no object.
func TestObjectReaders(t *testing.T) {
	t.Parallel()
	none := (*Object)(nil)
	tokyo := &Object{Data: map[string]any{"timezone_name": "Asia/Tokyo", "name": "Shop", "count": int64(3)}}
	nowhere := &Object{Data: map[string]any{"timezone_name": "Nowhere/Land"}}
	if got := tokyo.Zone().String(); got != "Asia/Tokyo" {
		t.Errorf("zone %s", got)
	}
	for name, o := range map[string]*Object{"no object": none, "an unknown zone": nowhere} {
		if got := o.Zone().String(); got != "UTC" {
			t.Errorf("%s: zone %s, want UTC", name, got)
		}
	}
	if tokyo.Text("name") != "Shop" || tokyo.Text("count") != "" || tokyo.Text("absent") != "" || none.Text("name") != "" {
		t.Errorf("texts %q %q %q %q", tokyo.Text("name"), tokyo.Text("count"), tokyo.Text("absent"), none.Text("name"))
	}
}
