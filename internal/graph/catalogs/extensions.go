package catalogs

import (
	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// Config is what the objects need of the rest of the program.
type Config struct {
	Fetch *fetch.Fetcher // gets feeds from addresses that callers gave
}

// service holds what the hooks and actions share. It is not changed once it is made.
type service struct {
	config Config
	schema *catalog.Schema // items in a feed's words
	item   *object.Type    // items in the API's words
}

// New provides what the declarations of these objects name.
func New(config Config) graph.Extensions {
	s := &service{config: config, schema: catalog.NewSchema(), item: object.ProductItem()}
	return graph.Extensions{
		Hooks: map[string]graph.Hook{
			"productcatalog": newCatalog,
			"productitem":    writeItem,
			"productgroup":   writeGroup,
			"productset":     writeSet,
			"productfeed":    writeFeed,
		},
		Deletes: map[string]graph.DeleteHook{
			"productcatalog": deleteCatalog,
			"productgroup":   deleteGroup,
			"productset":     deleteSet,
			"productfeed":    deleteFeed,
		},
		Fields: map[string]graph.FieldResolver{
			"productcatalog.product_count":   counted("productitem", "product_catalog_id"),
			"productcatalog.feed_count":      counted("productfeed", "product_catalog_id"),
			"productfeed.product_count":      counted("productitem", "product_feed_id"),
			"productset.product_count":       counted("productitem", "set_ids"),
			"productfeed.schedule":           graph.Each(schedule("schedule")),
			"productfeed.update_schedule":    graph.Each(schedule("update_schedule")),
			"productfeedupload.error_report": graph.Each(errorReport),
			"productset.filter":              graph.Each(filterText),
			"productset.live_metadata":       graph.Each(liveMetadata),
			"productitem.price":              graph.Each(price("price")),
			"productitem.sale_price":         graph.Each(price("sale_price")),
			"productitem.images":             graph.Each(images),
			"productitem.status":             graph.Each(itemStatus),
			"productitem.review_status":      graph.Each(reviewStatus),
			"productitem.image_fetch_status": graph.Each(imageFetchStatus),
			"productitem.image_cdn_urls":     graph.Each(imageAddresses),
			"productitem.errors":             graph.Each(itemErrors),
		},
		Edges: map[string]graph.EdgeResolver{
			"productcatalog.batch_status": batchStatus,
			"productcatalog.sources":      sources,
		},
		Filters: map[string]graph.RowFilter{
			"products":     chosenItems,
			"product_sets": chosenSets,
		},
		Pins: map[string]graph.Pin{"products": pinnedItems},
		Actions: map[string]graph.Action{
			"productcatalog.items_batch":  s.itemsBatch,
			"productcatalog.batch":        s.olderBatch,
			"productcatalog.join_sources": joinSources,
			"productcatalog.part_sources": partSources,
			"productfeed.upload":          s.upload,
			"productfeedupload.report":    requestReport,
		},
		Prepare: map[string]graph.Preparation{"productfeed.upload": s.fetchFeed},
		Address: map[string]graph.Address{"catalog": itemAddress},
	}
}
