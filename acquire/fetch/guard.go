package fetch

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"syscall"
)

// publicOnly is asked by the dialer about each connection when the name has been
// resolved and before the first byte, so neither a name that resolves another way
// the second time (DNS rebinding) nor a redirect gets round it.
func publicOnly(_ context.Context, _, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %s", ErrPrivate, address) // what is not understood is not reached
	}
	own, err := net.InterfaceAddrs()
	if err != nil {
		own = nil // where the system does not tell, loopback and private ranges are refused all the same
	}
	if !isPublic(at.Addr()) || isOneOf(at.Addr(), own) {
		return ErrPrivate
	}
	return nil
}

// isOneOf reports whether an address is that of one of a machine's interfaces. A
// machine that has a public one may answer itself there what it answers nobody else.
func isOneOf(a netip.Addr, own []net.Addr) bool {
	return slices.ContainsFunc(own, func(o net.Addr) bool {
		p, err := netip.ParsePrefix(o.String())
		return err == nil && p.Addr().Unmap() == a.Unmap()
	})
}

// The addresses of IPv4 that are no public hosts': IANA IPv4 Special-Purpose
// Address Registry, multicast (RFC 5771), and one public address at which a cloud
// answers its own machines.
var special4 = prefixes(
	"0.0.0.0/8",        // this network
	"10.0.0.0/8",       // private
	"100.64.0.0/10",    // shared by a provider's customers; a cloud's metadata
	"127.0.0.0/8",      // loopback
	"168.63.129.16/32", // Azure's virtual machines ask it of themselves
	"169.254.0.0/16",   // link-local; most clouds' metadata
	"172.16.0.0/12",    // private
	"192.0.0.0/24",     // IETF protocols; a cloud's metadata
	"192.0.2.0/24",     // documentation
	"192.88.99.0/24",   // 6to4 relays
	"192.168.0.0/16",   // private
	"198.18.0.0/15",    // benchmarks
	"198.51.100.0/24",  // documentation
	"203.0.113.0/24",   // documentation
	"224.0.0.0/4",      // multicast
	"240.0.0.0/4",      // reserved, broadcast
)

// Of IPv6 the public hosts are in 2000::/3, but for these (IANA IPv6
// Special-Purpose Address Registry).
var (
	global6  = netip.MustParsePrefix("2000::/3")
	special6 = prefixes(
		"2001::/23",     // IETF protocols, Teredo and ORCHID among them
		"2001:db8::/32", // documentation
		"2002::/16",     // 6to4: an IPv4 address is in it
		"3fff::/20",     // documentation
	)
	nat64 = netip.MustParsePrefix("64:ff9b::/96") // RFC 6052: the last 32 bits are an IPv4 address
)

func prefixes(all ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(all))
	for i, s := range all {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// isPublic reports whether an address is one that anybody in the internet may
// reach. An IPv4 address within one of IPv6 is judged as itself.
func isPublic(a netip.Addr) bool {
	a = a.Unmap()
	if a.Is6() && nat64.Contains(a) {
		b := a.As16()
		a = netip.AddrFrom4([4]byte(b[12:]))
	}
	special := special4
	if a.Is6() {
		if a.Zone() != "" || !global6.Contains(a) {
			return false
		}
		special = special6
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return a.IsValid()
}
