package enrol

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// Codes is where the centre keeps the codes it has given out.
type Codes interface {
	// Take spends the code of that [Code.Hash], once and for all, and says for
	// which station it was. Its errors wrap [ErrCodeUnknown], [ErrCodeUsed] or
	// [ErrCodeExpired]; any other is the centre's own trouble.
	Take(ctx context.Context, secretHash string, now time.Time) (scheduler.StationID, error)
}

// Offer is what the centre tells a station that it takes in.
type Offer struct {
	Brokers []string // ssl://host:port, in the order to try
	Media   string   // https base URL of the audio files
	// Revoked reports whether a station may no longer renew; nil revokes nobody.
	Revoked func(scheduler.StationID) bool
	Log     *slog.Logger // who was taken in and what went wrong; nil for none
}

// Handler serves POST /v1/enrol, which trades a code for a certificate, and
// POST /v1/renew, which trades a certificate for the next one. It must stand
// behind [Authority.ServerTLS]. Wrong codes are counted by address: ten, then
// one every ten seconds.
func Handler(a *Authority, codes Codes, o Offer) http.Handler {
	if o.Revoked == nil {
		o.Revoked = func(scheduler.StationID) bool { return false }
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	d := &desk{authority: a, codes: codes, offer: o, wrong: newLimiter()}
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+enrolPath, d.serve(d.enrol))
	mux.HandleFunc("POST "+renewPath, d.serve(d.renew))
	return mux
}

// desk takes stations in.
type desk struct {
	authority *Authority
	codes     Codes
	offer     Offer
	wrong     *limiter
}

// serve reads the request, has it decided, and writes the answer.
func (d *desk) serve(decide func(*http.Request, request) (scheduler.StationID, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var asked request
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&asked); err != nil {
			d.refuse(w, r, fmt.Errorf("%w: %w", ErrRequest, err))
			return
		}
		if _, err := requestedKey([]byte(asked.CSR)); err != nil { // before a code is spent on it
			d.refuse(w, r, err)
			return
		}
		station, err := decide(r, asked)
		if err != nil {
			d.refuse(w, r, err)
			return
		}
		d.grant(w, r, station, asked)
	}
}

// enrol decides by the code.
func (d *desk) enrol(r *http.Request, asked request) (scheduler.StationID, error) {
	now, from := time.Now(), address(r)
	if !d.wrong.allows(from, now) {
		return "", ErrTries
	}
	station, err := d.codes.Take(r.Context(), Code{Secret: normal(asked.Secret)}.Hash(), now)
	if errors.Is(err, ErrCodeUnknown) {
		d.wrong.count(from, now)
	}
	return station, err
}

// renew decides by the certificate of the connection.
func (d *desk) renew(r *http.Request, _ request) (scheduler.StationID, error) {
	station, ok := devices.StationOf(r.TLS)
	if !ok {
		return "", ErrNobody
	}
	if d.offer.Revoked(station) {
		return "", ErrRevoked
	}
	return station, nil
}

func (d *desk) grant(w http.ResponseWriter, r *http.Request, station scheduler.StationID, asked request) {
	certificate, err := d.authority.Issue([]byte(asked.CSR), station, time.Now())
	if err != nil {
		d.refuse(w, r, err)
		return
	}
	d.offer.Log.Info("station taken in", "station", station, "from", r.RemoteAddr, "at", r.URL.Path)
	write(w, http.StatusOK, answer{
		Station:     station,
		Certificate: string(certificate),
		CA:          string(d.authority.Certificate()),
		Keys:        [][]byte{d.authority.signing.Public().(ed25519.PublicKey)},
		Brokers:     d.offer.Brokers,
		Media:       d.offer.Media,
	})
}

// refuse says why, in words only when the reason is one of ours.
func (d *desk) refuse(w http.ResponseWriter, r *http.Request, err error) {
	d.offer.Log.Warn("station refused", "from", r.RemoteAddr, "at", r.URL.Path, "error", err)
	for _, f := range refusals() {
		if errors.Is(err, f.err) {
			write(w, f.status, problem{Error: f.word, Message: err.Error()})
			return
		}
	}
	write(w, http.StatusInternalServerError, problem{Error: "internal", Message: "the centre could not do this now; its log says why"})
}

func write(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body) // a client that has gone needs no answer
}

// address is the network that a request comes from: one IPv4 address, or the
// 64 bits of IPv6 that one subscriber commands.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	ip := net.ParseIP(host)
	if ip == nil || ip.To4() != nil {
		return host
	}
	return ip.Mask(net.CIDRMask(64, 128)).String()
}
