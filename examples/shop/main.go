// Command shop is a page that shows an ad which the server chose for it. It is the smallest complete use of the client: ask for a
// decision, show its HTML, report the impression. Clicks report themselves, by the address they go through.
package main

import (
	"flag"
	"html/template"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/marquetry/marquetry/client"
)

func main() {
	server := flag.String("server", "http://127.0.0.1:8080", "address of the Marquetry server")
	adset := flag.String("adset", "", "id of the ad set to show")
	listen := flag.String("listen", "127.0.0.1:8090", "address of this page")
	flag.Parse()
	if *adset == "" {
		slog.Error("which ad set? say -adset with its id; the demo prints one")
		os.Exit(2)
	}
	ads, err := client.New(*server, "") // decisions need no token
	if err != nil {
		slog.Error("client", "error", err)
		os.Exit(2)
	}
	page := &http.Server{Addr: *listen, Handler: front(ads, *adset), ReadHeaderTimeout: 5 * time.Second}
	slog.Info("open the page", "address", "http://"+*listen)
	if err := page.ListenAndServe(); err != nil {
		slog.Error("serving", "error", err)
		os.Exit(1)
	}
}

// front is the page: the ad for whoever asks, or the shop's own words when there is none.
func front(ads *client.Client, adset string) http.Handler {
	layout := template.Must(template.New("page").Parse(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>
<body style="font:1rem/1.5 system-ui;max-width:32rem;margin:3rem auto"><h1>News</h1>
{{with .}}<p>Advertisement</p>{{.HTML}}<img src="{{.ImpressionURL}}" alt="" width="1" height="1">{{else}}<p>Nothing new today.</p>{{end}}
</body></html>`))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, err := ads.Decide(r.Context(), client.DecisionRequest{
			AdSetID: adset, Placement: "DESKTOP_FEED_STANDARD", Viewer: client.Viewer{Country: "US", Device: "desktop"}, // an ID would tell visitors apart
		})
		if err != nil || len(answer.Decisions) == 0 { // a page never waits for its ad to work
			slog.Warn("no ad", "reason", answer.Reason, "error", err)
			render(w, layout, nil)
			return
		}
		ad := answer.Decisions[0]
		render(w, layout, &shownAd{HTML: template.HTML(ad.HTML), ImpressionURL: ad.ImpressionURL}) //nolint:gosec // the server escapes what it renders
	})
}

// shownAd is what the page needs of a decision.
type shownAd struct {
	HTML          template.HTML // escaped by the server
	ImpressionURL string
}

// render writes the page; with a nil ad it has none.
func render(w http.ResponseWriter, layout *template.Template, ad *shownAd) {
	if err := layout.Execute(w, ad); err != nil {
		slog.Warn("writing the page", "error", err)
	}
}
