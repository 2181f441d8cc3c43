// Package openrtb is the part of OpenRTB 2.6 and of Native 1.2 that a bidder of banners and native ads needs: what a request asks for, what it
// forbids, and how an answer is put together.
//
// Only members that something here heeds are declared; whatever else an exchange sends, ext with it, is read over. The files in the order in which a
// request passes them: request.go and parse.go (what was sent), privacy.go and viewer.go (who is there), place.go (what would fit), terms.go (which
// ads may bid), native.go and compose.go (native assets), response.go (the answer).
//
// The specifications are public: https://github.com/InteractiveAdvertisingBureau/openrtb2.x/blob/main/2.6.md,
// https://iabtechlab.com/wp-content/uploads/2016/07/OpenRTB-Native-Ads-Specification-Final-1.2.pdf and, for lists of numbers, AdCOM 1.0.
package openrtb
