package console

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// reviewPath is where the pages for reviewing texts and pictures begin.
const reviewPath = "/console/review"

// Reviews carries out what people decide about what was generated, as the Graph API does.
type Reviews interface {
	// Review carries out a verdict; see [generate.Service.Review].
	Review(ctx context.Context, tx store.Tx, actor generate.Actor, account, c *store.Object, v generate.Verdict, now int64) (generate.Reviewed, error)
	// Await has done what a verdict ordered, as far as that does not take long.
	Await(ctx context.Context, creativeID string) error
}

// decides reports whether a visitor may decide about texts and pictures: as the Graph API's edge for it, with its own permission or that for ads.
func (v visitor) decides() bool { return v.Can(object.CreativeReview) || v.Can(object.AdsManagement) }

// errNothing means that there is no such creative for this visitor, or that nothing is generated for it.
var errNothing = errors.New("there is nothing to review")

// reviewed reads a creative for which something was generated, and its account.
func reviewed(ctx context.Context, tx store.Tx, v visitor, id string) (c, account *store.Object, err error) {
	found, err := tx.Objects(ctx, []string{id})
	if err != nil {
		return nil, nil, err
	}
	c = found[id]
	if c == nil || c.Type != "adcreative" || c.Status == object.Deleted || !v.sees(c.AccountID) || !edition.Generates(c.Data) {
		return nil, nil, errNothing
	}
	account, err = tx.Object(ctx, "act_"+c.AccountID)
	return c, account, err
}

// review shows what was generated for a creative, or only what changes while it is made.
func (c *console) review(whole bool) page {
	return func(w http.ResponseWriter, r *http.Request, v visitor) {
		out, err := c.readReview(r.Context(), v, r.PathValue("id"))
		switch {
		case errors.Is(err, errNothing):
			c.page(w, r, v, http.StatusNotFound, "no-review", &reviewView{})
		case err != nil:
			c.fail(w, r, err)
		default:
			c.show(w, r, v, "review", whole, out)
		}
	}
}

// decisionView is the form of one asset.
type decisionView struct {
	Creative, ID, State, Fault string
	Decides, Again             bool // the visitor may decide, and may ask for another
}

// decisionOf is the form of an asset on a creative's page.
func decisionOf(page *reviewView, id, state string, again bool) decisionView {
	return decisionView{page.ID, id, state, page.Faults[id], page.Decides, again}
}

// errMayNot is the fault of a visitor who may look only.
func errMayNot() *object.Fault {
	return &object.Fault{Code: codeDenied, Rule: "console.permission", Path: []string{"action"}, Message: "your token may look; deciding takes creative_review or ads_management"}
}

// codeDenied is the platform's code of a lack of permission.
const codeDenied = 200

// decide carries out the form of one asset, and leads back to the page. What the rules refuse is said beside it.
func (c *console) decide(w http.ResponseWriter, r *http.Request, v visitor) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "The form could not be read.", http.StatusBadRequest)
		return
	}
	id, verdict := r.PathValue("id"), generate.Verdict{AssetID: r.PostForm.Get("asset_id"), Action: generate.Action(r.PostForm.Get("action"))}
	err := c.carryOut(r.Context(), v, id, verdict)
	var fault *object.Fault
	switch {
	case err == nil:
		to := reviewPath + "/" + id
		if verdict.Action == generate.Approve {
			to += "#text-" + verdict.AssetID
		}
		http.Redirect(w, r, to, http.StatusSeeOther) //nolint:gosec // the id is that of a creative which was just found
	case errors.As(err, &fault):
		c.refused(w, r, v, verdict, fault)
	case errors.Is(err, errNothing):
		c.page(w, r, v, http.StatusNotFound, "no-review", &reviewView{})
	default:
		c.fail(w, r, err)
	}
}

// carryOut does what a visitor decided. A text that is ordered may come later: then the page waits for it.
func (c *console) carryOut(ctx context.Context, v visitor, id string, verdict generate.Verdict) error {
	var done generate.Reviewed
	err := c.db.Write(ctx, func(tx store.Tx) error {
		made, account, err := reviewed(ctx, tx, v, id)
		switch {
		case err != nil:
			return err
		case !v.decides():
			return errMayNot()
		}
		done, err = c.Reviews.Review(ctx, tx, c.Actor(v.Caller), account, made, verdict, c.Now().Unix())
		return err
	})
	if err != nil || done.JobID == "" {
		return err
	}
	if err := c.Reviews.Await(ctx, id); err != nil {
		c.Logger.ErrorContext(ctx, "what was ordered is made later", "creative", id, "error", err)
	}
	return nil
}

// refused shows the page with a fault, beside the text that it is about.
func (c *console) refused(w http.ResponseWriter, r *http.Request, v visitor, verdict generate.Verdict, fault *object.Fault) {
	out, err := c.readReview(r.Context(), v, r.PathValue("id"))
	if err != nil {
		c.fail(w, r, err)
		return
	}
	out.fault(verdict.AssetID, fmt.Sprintf("%s.", capital(fault.Message)))
	status := http.StatusConflict
	if fault.Code == codeDenied {
		status = http.StatusForbidden
	}
	c.page(w, r, v, status, "review", out)
}

// title is what a page calls a creative: its name, or its id.
func title(c *store.Object) string {
	if name := c.Text("name"); name != "" {
		return name
	}
	return "Creative " + c.ID
}

// original is the advertiser's own text of a kind, "" where there is none.
func original(c *store.Object, kind string) string {
	if kind == "body" {
		if message := creative.Message(c.Data); message != "" {
			return message
		}
	}
	for _, text := range edition.Texts(edition.Own(c.Data))[kind] {
		return text
	}
	return ""
}
