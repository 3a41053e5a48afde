package fetch

import (
	"net"
	"net/netip"
	"testing"
)

func TestIsPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"1.1.1.1": true, "8.8.8.8": true, "93.184.215.14": true, "172.15.255.255": true, "172.32.0.0": true, "100.63.255.255": true, "100.128.0.0": true, "192.0.1.1": true, "223.255.255.255": true,
		"2606:4700:4700::1111": true, "2001:4860:4860::8888": true, "::ffff:8.8.8.8": true, "64:ff9b::808:808": true, "2a00:1450::1": true,

		"0.0.0.0": false, "0.1.2.3": false, "10.0.0.0": false, "10.255.255.255": false, "100.64.0.0": false, "100.100.100.200": false, "100.127.255.255": false, "127.0.0.1": false, "127.255.255.255": false,
		"169.254.169.254": false, "169.254.170.2": false, "172.16.0.0": false, "172.31.255.255": false, "192.0.0.192": false, "192.0.2.1": false, "192.88.99.1": false, "192.168.0.1": false, "198.18.0.1": false,
		"198.19.255.255": false, "198.51.100.1": false, "203.0.113.1": false, "224.0.0.1": false, "239.255.255.255": false, "240.0.0.1": false, "255.255.255.255": false, "168.63.129.16": false,
		"::": false, "::1": false, "::127.0.0.1": false, "::8.8.8.8": false, "::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::ffff:169.254.169.254": false, "::ffff:0:127.0.0.1": false,
		"64:ff9b::7f00:1": false, "64:ff9b::a9fe:a9fe": false, "64:ff9b::a00:1": false, "64:ff9b:1::a00:1": false, "64:ff9b:1::808:808": false, "100::1": false,
		"2001::1": false, "2001:0:7f00:1::": false, "2001:10::1": false, "2001:20::1": false, "2001:db8::1": false, "2002:7f00:1::": false, "2002:808:808::": false, "3fff::1": false,
		"fc00::1": false, "fd00:ec2::254": false, "fdff::1": false, "fe80::1": false, "fe80::1%eth0": false, "2606:4700::1%eth0": false, "fec0::1": false, "ff02::1": false, "ff0e::1": false, "4000::1": false,
	} {
		if got := isPublic(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
	if isPublic(netip.Addr{}) {
		t.Error("no address at all is public")
	}
}

func TestIsOneOf(t *testing.T) {
	v4, v6 := net.IPNet{IP: net.IPv4(93, 184, 215, 14), Mask: net.CIDRMask(24, 32)}, net.IPNet{IP: net.ParseIP("2606:4700::1"), Mask: net.CIDRMask(64, 128)}
	own := []net.Addr{&v4, &v6, &net.UnixAddr{Name: "/run/x"}}
	for address, want := range map[string]bool{"93.184.215.14": true, "::ffff:93.184.215.14": true, "93.184.215.15": false, "2606:4700::1": true, "2606:4700::2": false} {
		if got := isOneOf(netip.MustParseAddr(address), own); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

// TestGuardRefusesWhatItCannotRead: what is no address and port is not dialled.
func TestGuardRefusesWhatItCannotRead(t *testing.T) {
	for _, address := range []string{"", "8.8.8.8", "localhost:80", "/run/service.sock", "8.8.8.8:x"} {
		if publicOnly(t.Context(), "tcp", address, nil) == nil {
			t.Errorf("%q is dialled", address)
		}
	}
	if err := publicOnly(t.Context(), "tcp", "[2606:4700::1]:443", nil); err != nil {
		t.Error(err)
	}
}
