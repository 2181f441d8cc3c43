package deliver

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"time"

	"github.com/marquetry/marquetry/client"
)

// draws numbers the draws of one request, 0 for the choice of ads and one for each decision: random, or in the sandbox a hash of the instance's
// seed and of the request, so that the same requests get the same ads however many run at once.
type draws struct {
	service *Service
	seed    string // "" for random ones
	single  bool   // there is one decision, number 1, whichever ad it falls to
}

// drawsOf are the draws of a request. Time counts from the start of the ad set (unix seconds), so that a run that is repeated on another day gets
// the same ads as well.
func (s *Service) drawsOf(req *client.DecisionRequest, q *query, start int64) draws {
	if !q.sandbox {
		return draws{s, q.seed, q.seed != ""}
	}
	seed := fmt.Sprintf("%d\n%s\n%s\n%s\n%q\n%d\n", s.cfg.Seed, q.asked.business+q.asked.account, q.asked.adset, q.asked.ad, req.Viewer.ID, q.now.UnixNano()-start*int64(time.Second))
	if q.slot != "" {
		seed += strconv.Quote(q.slot) + "\n"
	}
	return draws{s, seed, false}
}

// at is the i-th number.
func (d draws) at(i int) uint64 {
	if d.seed == "" {
		return d.service.random()
	}
	if d.single {
		i = min(i, 1)
	}
	sum := sha256.Sum256(strconv.AppendInt([]byte(d.seed), int64(i), 10))
	return binary.BigEndian.Uint64(sum[:])
}
