package openrtb

import (
	"encoding/json"
	"fmt"
)

// NativeRequest is what a native ad is to be made of.
type NativeRequest struct {
	Ver       string         `json:"ver"`
	Placement int            `json:"plcmttype"` // 1 in a feed, 2 within content, 3 beside it, 4 among recommendations
	Assets    []NativeWish   `json:"assets"`
	Trackers  []NativeEvents `json:"eventtrackers"`
	Wrapped   bool           `json:"-"` // it stood in a member "native", as before version 1.1; then the answer has to, too
}

// NativeWish is one asset that is wanted: a title, a picture, a text, or a video, which is only known to be one.
type NativeWish struct {
	ID       int       `json:"id"`
	Required int       `json:"required"`
	Title    *Length   `json:"title"`
	Img      *ImgWish  `json:"img"`
	Data     *DataWish `json:"data"`
	Video    *struct{} `json:"video"`
}

// Length bounds a text, in characters; 0 is no bound.
type Length struct {
	Len int `json:"len"`
}

// ImgWish is the kind and the size of a picture, in pixels; 0 leaves a size open.
type ImgWish struct {
	Type  int      `json:"type"` // 1 icon, 3 main picture
	W     int      `json:"w"`
	H     int      `json:"h"`
	WMin  int      `json:"wmin"`
	HMin  int      `json:"hmin"`
	Mimes []string `json:"mimes"`
}

// DataWish is the kind of a text and its longest length in characters.
type DataWish struct {
	Type int `json:"type"`
	Len  int `json:"len"`
}

// NativeEvents are ways in which the exchange can report an event.
type NativeEvents struct {
	Event   int   `json:"event"`   // 1 impression, 2 half in view for a second, …
	Methods []int `json:"methods"` // 1 image, 2 script
}

// Limits of a native request.
const (
	maxNative = 16 << 10 // bytes
	maxAssets = 50
)

// parseNative reads the JSON text of a native request, with or without the member "native" around it.
func parseNative(text string, path ...string) (*NativeRequest, error) {
	if len(text) > maxNative {
		return nil, fault("native.max_length", fmt.Sprintf("the native request has %d bytes, at most %d are accepted", len(text), maxNative), path...)
	}
	var sent struct {
		NativeRequest
		Native *NativeRequest `json:"native"`
	}
	if err := json.Unmarshal([]byte(text), &sent); err != nil {
		return nil, unread(err, path...)
	}
	asked := &sent.NativeRequest
	if sent.Native != nil {
		asked = sent.Native
		asked.Wrapped = true
	}
	if n := len(asked.Assets); n == 0 || n > maxAssets {
		return nil, fault("native.assets", fmt.Sprintf("the native request asks for %d assets, 1 to %d are accepted", n, maxAssets), path...)
	}
	return asked, nil
}

// NativeResponse is a native ad.
type NativeResponse struct {
	Ver           string          `json:"ver"`
	Assets        []NativeAsset   `json:"assets"`
	Link          NativeLink      `json:"link"`
	ImpTrackers   []string        `json:"imptrackers,omitempty"`
	EventTrackers []NativeTracker `json:"eventtrackers,omitempty"`
}

// NativeAsset is one asset of a native ad, under the id by which it was asked for.
type NativeAsset struct {
	ID       int          `json:"id"`
	Required int          `json:"required,omitempty"`
	Title    *NativeTitle `json:"title,omitempty"`
	Img      *NativeImg   `json:"img,omitempty"`
	Data     *NativeData  `json:"data,omitempty"`
}

// NativeTitle is a headline; Len counts its characters.
type NativeTitle struct {
	Text string `json:"text"`
	Len  int    `json:"len,omitempty"`
}

// NativeImg is a picture; a size that is not known is left out.
type NativeImg struct {
	Type int    `json:"type,omitempty"`
	URL  string `json:"url"`
	W    int    `json:"w,omitempty"`
	H    int    `json:"h,omitempty"`
}

// NativeData is a text of a kind; Len counts its characters.
type NativeData struct {
	Type  int    `json:"type,omitempty"`
	Len   int    `json:"len,omitempty"`
	Value string `json:"value"`
}

// NativeLink is where a click goes.
type NativeLink struct {
	URL string `json:"url"`
}

// NativeTracker is an address that is called at an event.
type NativeTracker struct {
	Event  int    `json:"event"`
	Method int    `json:"method"`
	URL    string `json:"url"`
}
