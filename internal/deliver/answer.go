package deliver

import (
	"net/http"

	"github.com/marquetry/marquetry/client"
)

// writeDecisions answers decisions.
func writeDecisions(w http.ResponseWriter, answer *client.DecisionResponse) {
	noStore(w)
	writeJSON(w, http.StatusOK, answer)
}
