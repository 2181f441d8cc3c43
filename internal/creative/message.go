package creative

// messagePlaces are the kinds of stories whose primary text variations can be made of.
func messagePlaces() []string { return []string{"link_data", "video_data", "template_data"} }

// Message is the primary text of a creative's story, "" where it has none or is of another kind.
func Message(data map[string]any) string {
	for _, name := range messagePlaces() {
		if text := str(dig(data, "object_story_spec", name), "message"); text != "" {
			return text
		}
	}
	return ""
}
