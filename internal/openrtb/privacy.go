package openrtb

import (
	"cmp"
	"encoding/base64"
	"slices"
	"strings"
)

// Identifiable reports whether an id of the viewer may be used: no child may be there, the device does not refuse, and every law that holds is
// satisfied by what the viewer agreed to.
func (r *BidRequest) Identifiable() bool {
	ext := r.Regs.Ext
	if ext == nil {
		ext = &RegsBits{}
	}
	if r.Regs.COPPA == 1 || r.Device.DNT == 1 || r.Device.LMT == 1 || soldOut(cmp.Or(r.Regs.USPrivacy, ext.USPrivacy)) {
		return false
	}
	for _, section := range slices.Concat(r.Regs.GPPSID, ext.GPPSID) {
		if section > 0 { // what it says differs from state to state: where one holds, no id is used
			return false
		}
	}
	return max(r.Regs.GDPR, ext.GDPR) != 1 || consented(cmp.Or(r.User.Consent, r.User.Ext.Consent))
}

// soldOut reports whether a US privacy string, such as 1YYN, says that the person does not want to be sold: its third sign.
func soldOut(usPrivacy string) bool {
	return len(usPrivacy) == 4 && (usPrivacy[2] == 'Y' || usPrivacy[2] == 'y')
}

// Where a TCF string of version 2 says to which purposes a person consents, in bits of its first segment:
// https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework, "TC string format".
const (
	tcfVersion  = 2
	tcfPurposes = 152 // of purpose 1; each next one has the next bit
)

// consented reports whether a TCF string agrees to storing on the device (purpose 1) and to a profile for choosing ads and its use (3 and 4). Which
// vendors may do so is for the exchange to heed before it calls: a server of one's own is on no list of vendors.
func consented(tcf string) bool {
	core, _, _ := strings.Cut(tcf, ".")
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(core, "="))
	if err != nil || len(raw) <= (tcfPurposes+4)/8 || raw[0]>>2 != tcfVersion {
		return false
	}
	for _, purpose := range []int{1, 3, 4} {
		bit := tcfPurposes + purpose - 1
		if raw[bit/8]>>(7-bit%8)&1 == 0 {
			return false
		}
	}
	return true
}
