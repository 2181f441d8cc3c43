package catalogs_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// header is the first line of the tests' tables.
const header = "id,title,description,availability,condition,price,link,image_link,brand\n"

// line is a table's row for an item.
func line(sku, price string) string {
	return sku + ",Item " + sku + ",Good.,in stock,new," + price + ",https://shop.example/" + sku + ",https://shop.example/" + sku + ".jpg,Acme\n"
}

// counts reads what became of an upload.
func (s shop) counts(upload string) fields {
	s.Helper()
	got := s.get(upload, "num_detected_items,num_persisted_items,num_invalid_items,num_deleted_items,error_count,warning_count")
	delete(got, "id")
	return got
}

// numbers are an upload's counts as they should be.
func numbers(detected, persisted, invalid, deleted, errors, warnings float64) fields {
	return fields{"num_detected_items": detected, "num_persisted_items": persisted, "num_invalid_items": invalid, "num_deleted_items": deleted, "error_count": errors, "warning_count": warnings}
}

func TestUpload(t *testing.T) {
	s := newShop(t)
	feed := s.make("product_feeds", fields{"name": "Nightly", "default_currency": "USD", "schedule": `{"interval":"DAILY","hour":22,"url":"https://shop.example/items.csv","username":"u","password":"p"}`})
	s.make("products", item("by-hand", nil))
	upload := s.send(feed, header+line("a", "9.99 USD")+line("b", "5")+line("c", "cheap")+line("a", "1 USD"), nil)
	if diff := cmp.Diff(numbers(4, 2, 2, 0, 2, 0), s.counts(upload)); diff != "" {
		t.Error(diff)
	}
	got := s.get(upload, "input_method,filename,end_time,error_report")
	if got["input_method"] != "Manual Upload" || got["filename"] != "items.csv" || got["end_time"] != "2026-11-22T12:00:00+0000" || got["error_report"].(fields)["report_status"] != "NOT_REQUESTED" {
		t.Error(got)
	}
	answer := s.Do("GET", upload+"/errors?fields=severity,error_type,summary,total_count,affected_surfaces,samples{row_number,retailer_id}", nil)
	for _, trouble := range answer["data"].([]any) {
		delete(trouble.(fields), "id")
		for _, sample := range trouble.(fields)["samples"].(fields)["data"].([]any) {
			delete(sample.(fields), "id")
		}
		delete(trouble.(fields)["samples"].(fields), "paging")
	}
	want := []any{
		fields{"severity": "fatal", "error_type": "duplicate.id", "summary": "an item with this id stands above", "total_count": 1.0, "affected_surfaces": []any{"Dynamic Ads"},
			"samples": fields{"data": []any{fields{"row_number": 5.0, "retailer_id": "a"}}}},
		fields{"severity": "fatal", "error_type": "invalid_price.price", "summary": `"cheap" is no price such as 9.99 USD`, "total_count": 1.0, "affected_surfaces": []any{"Dynamic Ads"},
			"samples": fields{"data": []any{fields{"row_number": 4.0, "retailer_id": "c"}}}},
	}
	if diff := cmp.Diff(want, answer["data"]); diff != "" {
		t.Error(diff)
	}
	got = s.get(feed, "product_count,latest_upload{num_persisted_items},schedule,deletion_enabled")
	wantFeed := fields{"id": feed, "product_count": 2.0, "latest_upload": fields{"id": upload, "num_persisted_items": 2.0}, "deletion_enabled": true,
		"schedule": fields{"interval": "DAILY", "hour": 22.0, "minute": 0.0, "interval_count": 1.0, "url": "https://shop.example/items.csv", "username": "u"}}
	if diff := cmp.Diff(wantFeed, got); diff != "" {
		t.Error(diff)
	}
	s.Do("POST", upload+"/error_report", nil)
	if report := s.get(upload, "error_report")["error_report"].(fields); report["report_status"] != "WRITE_FINISHED" || !strings.Contains(report["file_handle"].(string), upload+"/errors?") {
		t.Error(report)
	}
}

// A full upload replaces what the feed brought before; one of changes does not, and neither touches other items.
func TestFullAndPartialUploads(t *testing.T) {
	s := newShop(t)
	s.make("products", item("by-hand", nil))
	feed := s.make("product_feeds", fields{"name": "Nightly"})
	for _, c := range []struct {
		file string
		more fields
		want fields
		left []any
	}{
		{header + line("a", "1 USD") + line("b", "2 USD"), nil, numbers(2, 2, 0, 0, 0, 0), []any{"b", "a", "by-hand"}},
		{"id,price\nb,3 USD\n", fields{"update_only": "true"}, numbers(1, 1, 0, 0, 0, 0), []any{"b", "a", "by-hand"}},
		{header + line("b", "4 USD") + "c,,,,,,,,\n", nil, numbers(2, 1, 1, 1, 8, 0), []any{"b", "by-hand"}},
		{`<rss><channel><item><g:id>d`, nil, numbers(0, 0, 0, 0, 1, 0), []any{"b", "by-hand"}},
		{"id,price\n", nil, numbers(0, 0, 0, 0, 0, 0), []any{"b", "by-hand"}},
		{"sku;title\nb;Jar\n", nil, numbers(1, 0, 1, 0, 8, 1), []any{"b", "by-hand"}},
	} {
		if diff := cmp.Diff(c.want, s.counts(s.send(feed, c.file, c.more))); diff != "" {
			t.Errorf("%s: %s", c.file, diff)
		}
		if diff := cmp.Diff(c.left, s.list(s.catalog+"/products", "retailer_id", nil)); diff != "" {
			t.Errorf("%s: %s", c.file, diff)
		}
	}
	if got := s.list(feed+"/products", "price", nil); len(got) != 1 || got[0] != "$4.00" {
		t.Error(got)
	}
	if got := s.list(feed+"/uploads", "id", nil); len(got) != 6 {
		t.Error(got)
	}
	s.Do("POST", feed, fields{"deletion_enabled": false})
	s.send(feed, header+line("e", "1 USD"), nil)
	if diff := cmp.Diff([]any{"e", "b"}, s.list(feed+"/products", "retailer_id", nil)); diff != "" {
		t.Error(diff)
	}
	if got := s.Do("DELETE", feed, nil); got["success"] != true {
		t.Error(got)
	}
	if diff := cmp.Diff([]any{"by-hand"}, s.list(s.catalog+"/products", "retailer_id", nil)); diff != "" {
		t.Error(diff)
	}
}

// A file is fetched from an address; one that is not there is the upload's trouble, an address that may not be fetched the caller's.
func TestFetchedUpload(t *testing.T) {
	s := newShop(t)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/items.csv" {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte(header + line("a", "9.99 USD")))
	}))
	defer site.Close()
	feed := s.make("product_feeds", fields{"name": "Nightly"})
	upload := id(t, s.Do("POST", feed+"/uploads", fields{"url": site.URL + "/items.csv"}))
	if got := s.get(upload, "num_persisted_items,input_method,url"); got["num_persisted_items"] != 1.0 || got["input_method"] != "User initiated server fetch" || got["url"] != site.URL+"/items.csv" {
		t.Error(got)
	}
	upload = id(t, s.Do("POST", feed+"/uploads", fields{"url": site.URL + "/gone.csv"}))
	if diff := cmp.Diff(numbers(0, 0, 0, 0, 1, 0), s.counts(upload)); diff != "" {
		t.Error(diff)
	}
	if got := s.list(upload+"/errors", "error_type", nil); len(got) != 1 || got[0] != "unreadable_file" {
		t.Error(got)
	}
	s.wantFault(s.Do("POST", feed+"/uploads", fields{"url": "file:///etc/passwd"}), "")
	s.wantFault(s.Do("POST", feed+"/uploads", nil), "multipart part named file")
	s.wantFault(s.Do("POST", feed+"/uploads", fields{"url": site.URL, "password": "x"}), "without password")
}

func TestFeedRefused(t *testing.T) {
	s := newShop(t)
	for text, body := range map[string]fields{
		"ISO 4217":             {"default_currency": "usd"},
		"interval must be one": {"schedule": fields{"url": "https://shop.example/a"}},
		"url must be":          {"schedule": fields{"interval": "DAILY"}},
		"no time of day":       {"update_schedule": fields{"interval": "DAILY", "url": "https://shop.example/a", "hour": 24}},
		"delimiter must be":    {"delimiter": "COMMAS"},
	} {
		body["name"] = "Feed"
		s.wantFault(s.Do("POST", s.catalog+"/product_feeds", body), text)
	}
	for _, edge := range []string{"rules", "upload_schedules"} {
		s.wantFault(s.Do("GET", s.make("product_feeds", nil)+"/"+edge, nil), "not emulated")
	}
}
