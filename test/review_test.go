package test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/marquetry/marquetry/client"
)

// createWriting makes a paused ad that opts in to text generation, in the instance's own account, and returns its id and its creative's.
func createWriting(t *testing.T, c *client.Client) (ad, creative string) {
	t.Helper()
	ctx := t.Context()
	account, page := first(t, c, "me/adaccounts"), first(t, c, "me/accounts")
	got, err := c.Get(ctx, createAd(t, c), client.Params{"fields": "campaign_id"})
	if err != nil {
		t.Fatal(err)
	}
	picture, err := c.UploadImage(ctx, account, "mug.png", square(t))
	if err != nil {
		t.Fatal(err)
	}
	adset := create(t, c, account+"/adsets", client.Params{
		"name": "Mugs", "campaign_id": got.String("campaign_id"), "status": "ACTIVE", "daily_budget": 100000, "billing_event": "IMPRESSIONS",
		"optimization_goal": "LINK_CLICKS", "targeting": map[string]any{
			"geo_locations":        map[string]any{"countries": []string{"US"}},
			"targeting_automation": map[string]any{"advantage_audience": 0},
		},
	})
	ad = create(t, c, account+"/ads", client.Params{"name": "Mugs", "adset_id": adset, "status": "ACTIVE", "creative": map[string]any{
		"name": "Mugs for autumn",
		"object_story_spec": map[string]any{"page_id": page, "link_data": map[string]any{
			"message": "Handmade mugs for your kitchen. Free shipping on orders over $50. Order yours today.",
			"link":    "https://www.shop.example/mugs", "name": "Mugs, made by hand", "image_hash": picture.Hash,
			"call_to_action": map[string]any{"type": "SHOP_NOW"},
		}},
		"degrees_of_freedom_spec": map[string]any{"creative_features_spec": map[string]any{"text_generation": map[string]any{"enroll_status": "OPT_IN"}}},
	}})
	if got, err = c.Get(ctx, ad, client.Params{"fields": "creative"}); err != nil {
		t.Fatal(err)
	}
	return ad, got.Object("creative").ID()
}

// act does something in the page that has to succeed.
func act(tab context.Context, t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(tab, steps...); err != nil {
		t.Fatal(err)
	}
}

// waiting is the expression for "so many texts of the page wait for a decision, and so many have it".
func waiting(pending, approved int) string {
	return fmt.Sprintf(`document.querySelectorAll('.text[data-state=PENDING]').length === %d && document.querySelectorAll('.text[data-state=APPROVED]').length === %d`, pending, approved)
}

// ready is the expression for "the focus is on a text that waits".
const ready = ` && document.activeElement.dataset.state === 'PENDING'`

// TestReviewInTheBrowser goes through a review as people do: a reviewer logs in, reads, decides by keys and by the mouse, and only then the
// ad can be set ACTIVE. The pages break no rule of their own content security policy.
func TestReviewInTheBrowser(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	s := serve(t, data)
	c := s.client(t, data)
	if _, err := c.Post(t.Context(), first(t, c, "me/adaccounts"), client.Params{"review_gate": "required"}); err != nil {
		t.Fatal(err)
	}
	ad, creative := createWriting(t, c)
	activate := func() error {
		_, err := c.Post(t.Context(), ad, client.Params{"status": "ACTIVE"})
		return err
	}
	if err := activate(); err == nil || !strings.Contains(err.Error(), "/console/review/"+creative) {
		t.Fatalf("ACTIVE before the review: %v", err)
	}
	out, err := command(t.Context(), t, "token", "create", "--data", data, "--scopes", "creative_review").Output()
	if err != nil {
		t.Fatal(err)
	}
	tab := browser(t)
	visit(tab, t, s.Base+"/console/review/"+creative)
	act(tab, t, chromedp.SendKeys("#token", strings.TrimSpace(string(out))+"\r"), chromedp.WaitVisible("#review"))
	until(tab, t, waiting(4, 0))
	evaluate(tab, t, `window.broken = []; document.addEventListener('securitypolicyviolation', (e) => broken.push(e.blockedURI + ' ' + e.violatedDirective)); ''`)
	until(tab, t, `(() => { const ad = document.querySelector('.shown iframe').contentDocument.querySelector('article'); return ad && getComputedStyle(ad).maxWidth === '500px' && ad.querySelector('img').naturalWidth > 0 })()`)

	act(tab, t, chromedp.KeyEvent("a"), chromedp.KeyEvent("j"), chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	act(tab, t, chromedp.KeyEvent("j"), chromedp.KeyEvent("k"), chromedp.KeyEvent("a"))
	until(tab, t, waiting(3, 1)) // one for all of these keys: nothing is decided without a focus, or with a modifier key
	until(tab, t, `document.activeElement === document.querySelectorAll('.text')[1]`)
	act(tab, t, chromedp.Click(`.text[data-state=PENDING] button[value=reject]`))
	until(tab, t, waiting(2, 1))
	until(tab, t, `document.activeElement === document.querySelectorAll('.text')[1] && document.querySelector('#said').textContent === 'Done. 2 left to decide.'`)
	before := evaluate(tab, t, `document.activeElement.id`)
	act(tab, t, chromedp.KeyEvent("g"))
	until(tab, t, waiting(2, 1)+ready+` && !document.querySelector('article#`+before+`')`)
	act(tab, t, chromedp.KeyEvent("a"))
	until(tab, t, waiting(1, 2)+ready)
	act(tab, t, chromedp.KeyEvent("a"))
	until(tab, t, waiting(0, 3))
	if broken := evaluate(tab, t, `broken.join()`); broken != "" {
		t.Errorf("against the policy: %s", broken)
	}
	if err := activate(); err != nil {
		t.Errorf("ACTIVE after the review: %v", err)
	}
}
