package client

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestObjectGetters(t *testing.T) {
	t.Parallel()
	o := Object{}
	body := `{"id":"120200000000000001","n":9007199254740993,"ctr":"1.25","sub":{"id":"2"},"list":[{"id":"3"},4],"flag":true}`
	if err := decode([]byte(body), &o); err != nil {
		t.Fatal(err)
	}
	got := []any{
		o.ID(), o.Int("n"), o.String("n"), o.Float("ctr"), o.Object("sub").ID(), len(o.List("list")),
		o.String("flag"), o.Int("absent"), o.Float("id "), o.Object("list") == nil, len(o.List("sub")),
	}
	want := []any{"120200000000000001", int64(9007199254740993), "9007199254740993", 1.25, "2", 1, "", int64(0), 0.0, true, 0}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestObjectDecodeKeepsDigits(t *testing.T) {
	t.Parallel()
	o := Object{}
	if err := decode([]byte(`{"n":9007199254740993,"images":{"a":{"hash":"x"}}}`), &o); err != nil {
		t.Fatal(err)
	}
	var into struct {
		N      int64
		Images map[string]Image
	}
	if err := o.Decode(&into); err != nil {
		t.Fatal(err)
	}
	if into.N != 9007199254740993 || into.Images["a"].Hash != "x" {
		t.Errorf("decoded %+v", into)
	}
}
