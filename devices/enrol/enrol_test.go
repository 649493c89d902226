package enrol

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loaphuong/devices"
)

func TestJoinLeavesWhatLoadReads(t *testing.T) {
	o := newOffice(t)
	dir := filepath.Join(t.TempDir(), "agent", "state") // made on the way
	joined := o.enrolled("an-phu", dir)
	loaded, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []Identity{joined, loaded} {
		if id.Station != "an-phu" || id.Brokers[0] != "ssl://centre.example.vn:8883" ||
			id.Media != "https://centre.example.vn:8443/media/" || id.Centre != o.url {
			t.Errorf("%+v", id)
		}
		if left := time.Until(id.Expires); left < StationLife-time.Hour || left > StationLife {
			t.Errorf("it expires in %s, want a year", left)
		}
	}
	raw, err := devices.Seal(o.authority.SigningKey(), devices.Envelope{
		To: "an-phu", Kind: devices.CommandChannel, Expires: time.Now().Add(time.Hour),
	}, devices.Command{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := loaded.Keyring.Open(raw, "an-phu", devices.CommandChannel, time.Now()); err != nil {
		t.Errorf("the centre is not believed: %v", err)
	}
	onlyForItsOwner(t, filepath.Join(dir, identityFile))
}

func onlyForItsOwner(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%s has mode %v", path, info.Mode())
	}
}

// whoAmI serves the name that a connection's certificate proves.
func whoAmI(w http.ResponseWriter, r *http.Request) {
	s, ok := devices.StationOf(r.TLS)
	fmt.Fprint(w, s, " ", ok)
}

func get(t *testing.T, config *tls.Config, url string) (string, error) {
	t.Helper()
	c := http.Client{Transport: &http.Transport{TLSClientConfig: config, DisableKeepAlives: true}}
	r, err := c.Get(url)
	if err != nil {
		return "", err
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	return string(body), err
}

func TestAnIdentityIsKnownByItsCertificate(t *testing.T) {
	o := newOffice(t)
	id := o.enrolled("an-phu", t.TempDir())
	media := serve(t, o.authority.ServerTLS(), http.HandlerFunc(whoAmI))
	if got, err := get(t, id.TLS(), media); err != nil || got != "an-phu true" {
		t.Errorf("with a certificate: %q, %v", got, err)
	}
	anonymous := id.TLS()
	anonymous.GetClientCertificate = nil
	if got, err := get(t, anonymous, media); err != nil || got != " false" {
		t.Errorf("without: %q, %v", got, err)
	}
	if got, err := get(t, o.authority.CentreTLS(), media); err != nil || got != " false" {
		t.Errorf("the centre itself: %q, %v", got, err)
	}
	stranger := newOffice(t).enrolled("an-phu", t.TempDir()) // of the same name, elsewhere
	crossed := id.TLS()
	crossed.GetClientCertificate = stranger.TLS().GetClientCertificate
	if got, err := get(t, crossed, media); err == nil {
		t.Errorf("another centre's station: %q, want a failed handshake", got)
	}
	if got, err := get(t, stranger.TLS(), media); err == nil {
		t.Errorf("a station of another centre trusts this one: %q", got)
	}
	if _, err := get(t, anonymous, serve(t, o.authority.BrokerTLS(), http.HandlerFunc(whoAmI))); err == nil {
		t.Error("BrokerTLS lets in who shows nothing")
	}
}

func TestJoinRefuses(t *testing.T) {
	o := newOffice(t)
	used := o.gives("an-phu", time.Hour)
	if _, err := Join(t.Context(), o.url, used, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	other := newAuthority(t)
	notCentre := serve(t, o.authority.ServerTLS(), http.NotFoundHandler())
	garbled := serve(t, o.authority.ServerTLS(), http.HandlerFunc(whoAmI))
	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	for _, c := range []struct {
		why, centre, code string
		want              error
	}{
		{"a code nobody gave", o.url, o.authority.NewCode().String(), ErrCodeUnknown},
		{"a used code", o.url, used, ErrCodeUsed},
		{"an expired code", o.url, o.gives("an-phu", -time.Second), ErrCodeExpired},
		{"half a code", o.url, strings.Split(used, ".")[0], ErrCodeForm},
		{"no code", o.url, "", ErrCodeForm},
		{"another centre's code", o.url, other.NewCode().String(), ErrWrongCentre},
		{"no address", "", used, ErrAddress},
		{"an address without TLS", "http://localhost:1", used, ErrAddress},
		{"nobody there", "https://127.0.0.1:1", used, ErrUnreachable},
		{"a server that is no centre", notCentre, used, ErrNotCentre},
		{"a server that answers anything", garbled, used, ErrNotCentre},
		{"a server without TLS", "https://" + plain.Listener.Addr().String(), used, ErrNotCentre},
	} {
		dir := t.TempDir()
		_, err := Join(t.Context(), c.centre, c.code, dir)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.why, err, c.want)
		}
		if left, _ := os.ReadDir(dir); len(left) > 0 {
			t.Errorf("%s: leaves %v behind", c.why, left)
		}
	}
}

// TestJoinSeesThroughAnImpostor has somebody in between who shows the true
// authority's certificate, which is no secret, over a server of his own.
func TestJoinSeesThroughAnImpostor(t *testing.T) {
	o, impostor := newOffice(t), newAuthority(t)
	pair, err := impostor.newPair(impostor.serverTemplate(time.Now()))
	if err != nil {
		t.Fatal(err)
	}
	pair.Certificate = [][]byte{pair.Certificate[0], o.authority.ca.Raw}
	at := serve(t, &tls.Config{Certificates: []tls.Certificate{*pair}}, http.NotFoundHandler())
	if _, err := Join(t.Context(), at, o.gives("an-phu", time.Hour), t.TempDir()); !errors.Is(err, ErrWrongCentre) {
		t.Errorf("%v, want %v", err, ErrWrongCentre)
	}
}

// TestJoinWantsTheCentresName: a station's certificate is by the same authority
// and must not pass for the centre, nor the centre's under a name not its own.
func TestJoinWantsTheCentresName(t *testing.T) {
	o := newOffice(t)
	code := o.gives("an-phu", time.Hour)
	id := o.enrolled("binh-minh", t.TempDir())
	chain := *id.pair()
	chain.Certificate = append(chain.Certificate, o.authority.ca.Raw)
	at := serve(t, &tls.Config{Certificates: []tls.Certificate{chain}}, http.NotFoundHandler())
	if _, err := Join(t.Context(), at, code, t.TempDir()); err == nil {
		t.Error("a station passes for the centre")
	}
	o.authority.names = []string{"centre.example.vn"}
	o.authority.server = nil
	_, err := Join(t.Context(), o.url, code, t.TempDir())
	if err == nil || !strings.Contains(err.Error(), `by the name "127.0.0.1"`) {
		t.Errorf("%v, want to hear about the name", err)
	}
}

func TestJoinDoesNotReplaceAnIdentity(t *testing.T) {
	o, dir := newOffice(t), t.TempDir()
	o.enrolled("an-phu", dir)
	code := o.gives("binh-minh", time.Hour)
	if _, err := Join(t.Context(), o.url, code, dir); !errors.Is(err, ErrExists) {
		t.Errorf("%v, want %v", err, ErrExists)
	}
	if _, err := Rejoin(t.Context(), o.url, o.authority.NewCode().String(), dir); err == nil {
		t.Error("rejoined with a code nobody gave")
	}
	if id, err := Load(dir); err != nil || id.Station != "an-phu" {
		t.Errorf("after a failed attempt: %s, %v", id.Station, err)
	}
	if id, err := Rejoin(t.Context(), o.url, code, dir); err != nil || id.Station != "binh-minh" {
		t.Errorf("told to: %s, %v", id.Station, err)
	}
}

func TestJoinForgivesHands(t *testing.T) {
	o := newOffice(t)
	address, _ := url.Parse(o.url)
	code := strings.ToUpper(strings.ReplaceAll(o.gives("an-phu", time.Hour), "-", " "))
	code = strings.NewReplacer("0", "O", "1", "l").Replace(code)
	if _, err := Join(t.Context(), address.Host, code, t.TempDir()); err != nil {
		t.Error(err)
	}
}
