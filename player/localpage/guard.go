package localpage

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// policy lets a page load what this handler serves and nothing else, be framed
// by nobody, and send its forms nowhere else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// secured sets the headers that every answer carries.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY") // for browsers that know no frame-ancestors
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// ownHost refuses requests that were made under a foreign name. A browser says
// in Host which name it looked up, so a name of another site that resolves to
// this machine shows.
func ownHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isOwn(r) {
			next.ServeHTTP(w, r)
			return
		}
		http.Error(w, "Trang của đài chỉ mở được tại localhost hoặc bằng địa chỉ IP của máy đài.\n"+
			"The page of the station opens only as localhost or under the IP address of its machine.", http.StatusMisdirectedRequest)
	})
}

// isOwn reports whether Host is a loopback name or address, or the address that
// the connection came to.
func isOwn(r *http.Request) bool {
	name := strings.TrimSuffix(strings.TrimPrefix(r.Host, "["), "]")
	if n, _, err := net.SplitHostPort(r.Host); err == nil {
		name = n
	}
	if strings.EqualFold(name, "localhost") {
		return true
	}
	asked, err := netip.ParseAddr(name)
	if err != nil {
		return false
	}
	local, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	return asked.IsLoopback() || local != nil && asked.Unmap() == addressOf(local.String())
}

// near refuses peers other than the machine itself while there is no PIN.
func (s *server) near(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.door != nil || isNear(r) {
			next.ServeHTTP(w, r)
			return
		}
		http.Error(w, "Trang này chỉ mở được trên chính máy của đài. Muốn mở từ điện thoại hay máy khác, hãy đặt mã PIN cho trang trong tệp cấu hình của đài rồi khởi động lại phần mềm đài.\n"+
			"This page opens only on the station's own machine. To open it from a phone or another machine, set a PIN for the page in the station's configuration file and restart the agent.", http.StatusForbidden)
	})
}

// isNear reports whether the request comes from the machine itself.
func isNear(r *http.Request) bool { return addressOf(r.RemoteAddr).IsLoopback() }

// addressOf is the address of a host with a port; the zero address, which is no
// loopback and equals nobody's, where it has none.
func addressOf(hostport string) netip.Addr {
	a, err := netip.ParseAddrPort(hostport)
	if err != nil {
		return netip.Addr{}
	}
	return a.Addr().Unmap().WithZone("")
}
