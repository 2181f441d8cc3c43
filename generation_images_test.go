package marquetry_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
)

// photo is a picture of a red disc before an even, slightly shaded wall.
func photo(t *testing.T, width, height int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			shade := uint8(235 + 10*y/height)
			c := color.NRGBA{shade, shade, shade, 255}
			if dx, dy := x-width/2, y-height/2; 16*(dx*dx+dy*dy) < min(width, height)*min(width, height) {
				c = color.NRGBA{190, uint8(20 + 60*y/height), 40, 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	var file bytes.Buffer
	if err := png.Encode(&file, img); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// uploaded takes a picture into the account's library and answers its hash.
func (s shop) uploaded(data []byte) string {
	s.Helper()
	answer := s.post(s.fresh.AccountID+"/adimages", client.Params{"bytes": base64.StdEncoding.EncodeToString(data)})
	for _, one := range answer.Object("images") {
		return client.Object(one.(map[string]any)).String("hash")
	}
	s.Fatalf("%v", answer)
	return ""
}

// settled waits until a creative is ACTIVE and answers what was made for it, oldest first.
func (s shop) settled(creative string) []client.Object {
	s.Helper()
	for began := time.Now(); s.get(creative, client.Params{"fields": "status"}).String("status") != "ACTIVE"; time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			s.Fatalf("%v", s.get(creative, client.Params{"fields": "status,marquetry_generation"}))
		}
	}
	all := s.get(creative+"/generation", client.Params{"fields": "kind,feature,state,source_hash,image_hash,sha256,ratio,placements,width,height,style,code,reason,generator,digital_source_type"}).List("data")
	slices.Reverse(all)
	return all
}

// TestImageExpansion follows the documented flow: an ad opts in and is PAUSED, its picture is extended to two shapes, which are looked at, and setting the ad
// ACTIVE approves them. From then on they are delivered. The picture's file has metadata, without which it is kept: its hash is still the one that it was sent with.
func TestImageExpansion(t *testing.T) {
	s := newShop(t)
	mug, err := os.ReadFile("cmd/marquetry/demo/mug.jpg")
	if err != nil {
		t.Fatal(err)
	}
	hash := s.uploaded(mug)
	spec := client.Params{
		"name":                    "Image Expansion Adgroup",
		"object_story_spec":       client.Params{"page_id": s.fresh.PageID, "link_data": client.Params{"image_hash": hash, "link": "https://shop.example/", "message": "You got this."}},
		"degrees_of_freedom_spec": client.Params{"creative_features_spec": client.Params{"image_uncrop": client.Params{"enroll_status": "OPT_IN"}}},
	}
	ad := s.ad(s.set(nil), spec, nil).ID()
	read := s.get(ad, client.Params{"fields": "status,creative"})
	want(s, "status", read.String("status"), "PAUSED")
	creative := read.Object("creative").ID()
	made := s.settled(creative)
	var ratios []string
	for _, m := range made {
		ratios = append(ratios, fmt.Sprintf("%s %s %vx%v", m.String("state"), m.String("ratio"), m["width"], m["height"]))
		file := s.page("/media/" + m.String("image_hash"))
		decoded, _, err := image.DecodeConfig(file.Body)
		if err != nil || fmt.Sprintf("%dx%d", decoded.Width, decoded.Height) != fmt.Sprintf("%vx%v", m["width"], m["height"]) || m.String("source_hash") != hash || m.String("sha256")[:32] != m.String("image_hash") {
			t.Errorf("%v, %v: %v", decoded, err, m)
		}
	}
	if !slices.Equal(ratios, []string{"PENDING 4:5 1080x1350", "PENDING 9:16 1080x1920"}) {
		t.Fatalf("%q of %v", ratios, made)
	}
	if feed := s.feedOf(creative); len(feed.Object("asset_feed_spec")) > 0 {
		t.Errorf("a rendition is no asset of the feed: %v", feed)
	}
	s.post(ad, client.Params{"status": "ACTIVE"})
	for _, m := range s.settled(creative) {
		want(s, m.String("ratio"), m.String("state"), "APPROVED")
	}
	for placement, file := range map[string]string{"MOBILE_FEED_STANDARD": made[0].String("image_hash"), "INSTAGRAM_STORY": made[1].String("image_hash"), "RIGHT_COLUMN_STANDARD": hash} {
		if shown := s.decide(client.DecisionRequest{AdID: ad, Placement: placement}).Assets["image"].URL; !strings.Contains(shown, "/media/"+file) {
			t.Errorf("%s has %s, want %s", placement, shown, file)
		}
	}
	again := s.settled(s.post(s.fresh.AccountID+"/adcreatives", spec).ID())
	want(s, "the same picture made again", again[0].String("image_hash"), made[0].String("image_hash"))
}

// TestBackgroundGeneration follows the documented flow of catalog ads.
func TestBackgroundGeneration(t *testing.T) {
	s := newShop(t)
	catalog, library := s.catalog(), s.get(s.fresh.AccountID+"/adimages", client.Params{"hashes": []string{s.uploaded(photo(t, 400, 400))}, "fields": "url"}).List("data")[0].String("url")
	item := s.product(catalog, "mug", client.Params{"image_url": library})
	lost := s.product(catalog, "lost", client.Params{"image_url": library + "0"})
	products := s.post(catalog+"/product_sets", client.Params{"name": "All"}).ID()
	spec := client.Params{
		"name": "Background Gen Adgroup", "product_set_id": products,
		"object_story_spec": client.Params{"page_id": s.fresh.PageID, "template_data": client.Params{"description": "Description {{product.description}} ", "link": "https://www.example.com/",
			"message": "Test {{product.name | titleize}} ", "name": "Headline {{product.price}}"}},
		"degrees_of_freedom_spec": client.Params{"creative_features_spec": client.Params{
			"image_background_gen": client.Params{"enroll_status": "OPT_IN"}, "add_text_overlay": client.Params{"enroll_status": "OPT_IN"}}},
	}
	creative := s.post(s.fresh.AccountID+"/adcreatives", spec).ID()
	made := s.settled(creative)
	names := map[string]bool{}
	for _, m := range made {
		names[m.String("style")] = true
		if m.String("state") != "PENDING" || m.String("kind") != "background" {
			t.Errorf("%v", m)
		}
	}
	if len(names) != 5 || !names["plain"] {
		t.Errorf("%d styles: %v", len(names), made)
	}
	progress := s.get(creative, client.Params{"fields": "marquetry_generation"}).Object("marquetry_generation").Object("progress")
	want(s, "progress", fmt.Sprintf("%v of %v: %v and %v", progress["done"], progress["total"], progress["eligible"], progress["failed"]), "2 of 2: 1 and 1")
	if said := s.get(creative+"/generation", nil).Object("summary"); said.String("state") != "DONE" || said.Object("progress")["done"] != progress["done"] {
		t.Errorf("the list says %v", said)
	}
	ask := client.Params{"ad_format": "MOBILE_FEED_STANDARD", "creative_feature": "image_background_gen"}
	if _, nodes := s.transformed(creative+"/previews", ask); len(nodes) != 4 || !strings.Contains(s.shows(nodes[0]), "Test Mug") {
		t.Errorf("an item without backgrounds comes before one with them: %v", nodes)
	}
	if _, nodes := s.transformed(creative+"/previews", with(ask, client.Params{"product_item_ids": []string{lost}})); len(nodes) != 1 || nodes[0].String("status") != "ineligible" || nodes[0].String("reason") == "" {
		t.Errorf("an item that has no picture has %v", nodes)
	}
	pics := s.get(item, client.Params{"fields": "generated_background_images"}).List("generated_background_images")
	if len(pics) != 4 || s.page("/media/"+pics[0].String("transformed_image_url")[len(pics[0].String("transformed_image_url"))-32:]).Code != http.StatusOK {
		t.Errorf("%v", pics)
	}
}
