package fetch

import (
	"net/netip"
	"syscall"
)

// notPublic is why an address is not dialled. A name that does not exist gets the same answer, so that nobody learns which names there
// are inside.
const notPublic refusal = "the host has no public address; an operator can allow others with --fetch-allow"

// guard is the addresses that may be dialled beside the public ones.
type guard []netip.Prefix

// control looks at each address that a dialer is about to connect to, after names were resolved.
func (g guard) control(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || !g.admits(at.Addr()) {
		return notPublic
	}
	return nil
}

// admits reports whether an address is public or was allowed. An IPv4 address in IPv6 clothes is the IPv4 address.
func (g guard) admits(addr netip.Addr) bool {
	if addr.Zone() != "" {
		return false
	}
	addr = addr.Unmap()
	return public(addr) || within(addr, g)
}

// public reports whether anyone on the internet reaches the same host at an address.
func public(addr netip.Addr) bool {
	if addr.Is4() {
		return !within(addr, inner4())
	}
	return within(addr, []netip.Prefix{netip.MustParsePrefix("2000::/3")}) && !within(addr, inner6())
}

// inner4 are the IPv4 networks that are not public, from IANA's registry of special addresses; the last one is not in it, but is where
// one cloud answers its own machines.
func inner4() []netip.Prefix {
	return prefixes("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
		"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32")
}

// inner6 are those of 2000::/3: tunnels that hide an IPv4 address, protocols' own, and documentation.
func inner6() []netip.Prefix {
	return prefixes("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
}

// prefixes parses networks that are known to be right.
func prefixes(texts ...string) []netip.Prefix {
	list := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		list[i] = netip.MustParsePrefix(text)
	}
	return list
}

// within reports whether one of the networks holds an address.
func within(addr netip.Addr, networks []netip.Prefix) bool {
	for _, n := range networks {
		if n.Contains(addr) {
			return true
		}
	}
	return false
}
