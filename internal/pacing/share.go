package pacing

// evenly is how much of a budget is divided evenly between processes, so that one of which nobody has asked anything yet has something to give.
const evenly = 0.1

// ShareOf is the part of a budget that one of several processes may spend: as much of it as comes to it of the requests, by their number at each
// in the last seconds.
func ShareOf(own int, requests []int64) float64 {
	var all int64
	for _, n := range requests {
		all += n
	}
	even := 1 / float64(len(requests))
	if all == 0 {
		return even
	}
	return evenly*even + (1-evenly)*float64(requests[own])/float64(all)
}
