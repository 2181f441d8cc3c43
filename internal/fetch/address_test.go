package fetch

import (
	"net/netip"
	"testing"
)

func TestPublic(t *testing.T) {
	for text, want := range map[string]bool{
		"93.184.215.14": true, "8.8.8.8": true, "100.63.255.255": true, "172.32.0.1": true, "2606:4700::1111": true, "::ffff:8.8.8.8": true,
		"0.0.0.0": false, "10.1.2.3": false, "100.64.0.1": false, "127.8.9.1": false, "169.254.169.254": false, "172.31.0.1": false,
		"192.168.1.1": false, "224.0.0.1": false, "255.255.255.255": false, "168.63.129.16": false, "198.18.0.1": false,
		"::": false, "::1": false, "::ffff:10.0.0.1": false, "fe80::1": false, "fd00:ec2::254": false, "ff02::1": false,
		"64:ff9b::a00:1": false, "2002:a00:1::": false, "2001:0:a00:1::": false, "2001:db8::1": false, "fe80::1%eth0": false, "2606:4700::1%x": false,
	} {
		if got := guard(nil).admits(netip.MustParseAddr(text)); got != want {
			t.Errorf("%s is public: %v, want %v", text, got, want)
		}
	}
	if g := guard(prefixes("10.0.0.0/8")); !g.admits(netip.MustParseAddr("::ffff:10.0.0.1")) || g.admits(netip.MustParseAddr("127.0.0.1")) {
		t.Error("what was allowed is allowed, and nothing else")
	}
}

// FuzzControl looks for a way to write an inner address that is dialled. The standard library's own judgement is the oracle.
func FuzzControl(f *testing.F) {
	for _, seed := range []string{"127.0.0.1:80", "[::1]:80", "[::ffff:10.0.0.1]:80", "[fe80::1%eth0]:1", "8.8.8.8:443", "[2002:7f00:1::]:1", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		if guard(nil).control("tcp", address, nil) != nil {
			return
		}
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			t.Fatalf("%q is no address and was admitted", address)
		}
		addr := at.Addr().Unmap()
		if !addr.IsGlobalUnicast() || addr.IsPrivate() || addr.Zone() != "" {
			t.Errorf("%q was admitted", address)
		}
	})
}
