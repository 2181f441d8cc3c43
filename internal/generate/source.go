package generate

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Limits on what a text may be made from.
const (
	mostPosts        = 20   // of the Page, the newest
	mostRejected     = 200  // texts of the account, the newest; older ones are refused by their likeness when they come again
	longestPost      = 2000 // bytes of one post that are read
	mostExcluded     = 25
	mostRestrictions = 40
)

// writing is a job that writes texts.
type writing struct {
	*Service
	job     *job
	request text.Request
	parent  string // hash of the text that is varied
	result  text.Result
}

// gather reads what the texts are made from. A creative that is gone, or has nothing to vary, yields a request for nothing.
func (w *writing) gather(ctx context.Context, tx store.Tx) error {
	j := w.job
	found, err := tx.Objects(ctx, []string{j.creative, "act_" + j.account})
	c, account := found[j.creative], found["act_"+j.account]
	if err != nil || c == nil || c.Status == object.Deleted {
		return err
	}
	assets, err := edition.Assets(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	content := edition.Own(c.Data)
	own := edition.Texts(content)
	r := text.Request{Message: creative.Message(content), Headline: first(own[string(text.Headline)]), Description: first(own[string(text.Description)]), CallToAction: button(content)}
	if r.Message == "" {
		return nil
	}
	room := roomFor(own, assets, j.request.Most)
	r.Want, r.Headlines, r.Descriptions = room[text.Body], room[text.Headline], room[text.Description]
	r.Guidelines = guidelines(account)
	if r.Past, err = w.cfg.History(ctx, tx, j.account, w.now()/1000); err != nil {
		return err
	}
	if r.Taken, err = taken(ctx, tx, own, assets, j.account); err != nil {
		return err
	}
	r.PageName, r.PagePosts, err = w.page(ctx, tx, object.Text(object.Members(content, "object_story_spec"), "page_id"))
	r.Seed = seed(j.account, r)
	w.request, w.parent = r, edition.Sum(r.Message)
	return err
}

// perform has the texts written.
func (w *writing) perform(ctx context.Context) (err error) {
	if w.request.Want+w.request.Headlines+w.request.Descriptions == 0 {
		return nil
	}
	w.result, err = within(ctx, w.cfg.Lease, func(ctx context.Context) (text.Result, error) { return w.cfg.Write(ctx, w.request) })
	if err == nil && w.result.Fallback != "" {
		w.cfg.Logger.WarnContext(ctx, "rewrites stand in for a model", "job", w.job.id, "creative", w.job.creative, "why", w.result.Fallback)
	}
	return err
}

// first is the first of a list, "" of an empty one.
func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// mostTexts is how many texts of a kind a creative has once it generates, the advertiser's own among them.
const mostTexts = 5

// kinds are those of texts, in the order of a result.
func kinds() []text.Kind { return []text.Kind{text.Body, text.Headline, text.Description} }

// roomFor is how many texts of each kind are wanted and fit.
func roomFor(own map[string][]string, assets []*store.Object, most map[text.Kind]int) map[text.Kind]int {
	room := map[text.Kind]int{}
	for _, kind := range kinds() {
		n := mostTexts - len(own[string(kind)])
		for _, a := range assets {
			if a.Text("kind") == string(kind) && a.Status != object.AssetRejected {
				n--
			}
		}
		room[kind] = max(0, min(n, most[kind]))
	}
	return room
}

// button is the type of a creative's first button; "" for none.
func button(content map[string]any) string {
	feed, err := creative.FeedOf(content)
	if err != nil {
		return ""
	}
	for _, pool := range feed.Pools {
		if pool.Name == "call_to_action" {
			return pool.Assets[0].Type
		}
	}
	return ""
}

// guidelines are what an account wants of its texts.
func guidelines(account *store.Object) text.Guidelines {
	if account == nil {
		return text.Guidelines{}
	}
	g := object.Members(account.Data, "text_guidelines")
	excluded, restrictions := object.IDs(g["term_exclusions"]), object.IDs(g["messaging_restrictions"])
	return text.Guidelines{Excluded: excluded[:min(len(excluded), mostExcluded)], Restrictions: restrictions[:min(len(restrictions), mostRestrictions)]}
}

// taken are the texts that must not come again: those of the creative, and those that the account has rejected.
func taken(ctx context.Context, tx store.Tx, own map[string][]string, assets []*store.Object, accountID string) ([]string, error) {
	var texts []string
	for _, kind := range kinds() {
		texts = append(texts, own[string(kind)]...)
	}
	rejected, err := tx.List(ctx, store.Listing{Type: edition.AssetType, Field: "account_id", To: "act_" + accountID, Statuses: []string{object.AssetRejected}}, store.Page{Limit: mostRejected})
	for _, a := range append(assets[:len(assets):len(assets)], rejected...) {
		texts = append(texts, a.Text("text"))
	}
	return texts, err
}

// page reads what a Page is called and said last, in public; nothing of one that is not here.
func (s *Service) page(ctx context.Context, tx store.Tx, id string) (name string, posts []string, err error) {
	page, err := tx.Object(ctx, id)
	if errors.Is(err, store.ErrNotFound) || err == nil && page.Type != "page" {
		return "", nil, nil
	}
	if err != nil {
		return "", nil, err
	}
	list, err := tx.List(ctx, store.Listing{Type: "pagepost", Field: "page_id", To: id}, store.Page{Limit: mostPosts})
	for _, post := range list {
		at := object.Whole(post.Data, "scheduled_publish_time")
		if said := post.Text("message"); said != "" && len(said) <= longestPost && (post.Data["unpublished"] != true || at != 0 && at <= s.now()/1000) {
			posts = append(posts, said)
		}
	}
	return page.Text("name"), posts, err
}

// seed makes chance repeatable: it follows from the account, the text, and which earlier texts there are. Their counts are left out, so
// that a single impression does not change everything.
func seed(accountID string, r text.Request) uint64 {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q", accountID, r.Message)
	for _, p := range r.Past {
		fmt.Fprintf(h, " %q %q", p.ID, strings.TrimSpace(p.Text))
	}
	return cmp.Or(binary.BigEndian.Uint64(h.Sum(nil)), 1)
}
