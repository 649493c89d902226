package centre

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"loaphuong/config"
	"loaphuong/devices/broker"
	"loaphuong/devices/enrol"
	"loaphuong/devices/mqtt"
	"loaphuong/scheduler/ledger"
	"loaphuong/scheduler/letter/paper"
	"loaphuong/scheduler/notice"
	"loaphuong/scheduler/store"
	"loaphuong/scheduler/studio"
	"loaphuong/scheduler/web"
)

// Centre is a centre that is open: its addresses are taken, its database is
// there. Run makes it work, Close lets go of everything.
type Centre struct {
	config    config.Centre
	readPDF   []string
	log       *slog.Logger
	store     *store.Store
	authority *enrol.Authority
	broker    *broker.Broker // nil where another one is used
	page      net.Listener
	stations  net.Listener
	intake    *Intake
	desk      *Desk
	watch     *Watch
	courier   *notice.Courier
	token     string
	close     []func() error // unwound from the last
}

// Open opens a centre. Whatever was opened before something failed is closed
// again. The command readPDF starts a process that calls [paper.ServeChild].
func Open(ctx context.Context, c config.Centre, readPDF []string, log *slog.Logger) (_ *Centre, err error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	m := &Centre{config: c, readPDF: readPDF, log: log, token: rand.Text()}
	defer func() {
		if err != nil {
			m.Close()
		}
	}()
	if m.store, err = store.Open(ctx, Database(c.Data)); err != nil {
		return nil, err
	}
	m.close = append(m.close, m.store.Close)
	if m.authority, err = enrol.OpenAuthority(filepath.Join(c.Data, "keys"), c.Names); err != nil {
		return nil, err
	}
	if m.page, err = m.listen("page", c.Page); err != nil {
		return nil, err
	}
	if m.stations, err = m.listen("stations", c.Stations); err != nil {
		return nil, err
	}
	if err := m.openBroker(); err != nil {
		return nil, err
	}
	if err := m.openDesk(ctx); err != nil {
		return nil, err
	}
	if err := m.openNotices(); err != nil {
		return nil, err
	}
	return m, writeDoor(c.Data, m.door())
}

func (m *Centre) listen(setting, address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: is another centre running, or is the port taken? choose another with --%s", setting, err, setting)
	}
	m.close = append(m.close, func() error {
		if err := l.Close(); !errors.Is(err, net.ErrClosed) {
			return err
		}
		return nil
	})
	return l, nil
}

func (m *Centre) openBroker() error {
	if m.config.BrokerURL != "" {
		return nil
	}
	m.broker = broker.New(broker.Config{Address: m.config.Broker, TLS: m.authority.BrokerTLS(), Log: m.log.With("part", "broker")})
	if err := m.broker.Listen(); err != nil {
		return fmt.Errorf("%w: choose another address with --broker", err)
	}
	m.close = append(m.close, m.broker.Close)
	return nil
}

// openDesk makes what works on the store.
func (m *Centre) openDesk(ctx context.Context) error {
	sounds, err := openStudio(ctx, m.config, m.log)
	if err != nil {
		return err
	}
	news := NewNews()
	link := mqtt.New(mqtt.Config{Brokers: []string{m.ownBroker()}, TLS: m.authority.CentreTLS(), Log: m.log.With("part", "link")})
	publisher := &Publisher{Store: m.store, Key: m.authority.SigningKey(), Lease: m.config.Lease, Gains: gainsOf(m.config.Gains), Link: link, Log: m.log}
	m.intake = &Intake{Store: m.store, Publisher: publisher, Key: m.authority.SigningKey(), Link: link, Changed: news.Tell, Log: m.log}
	m.desk = &Desk{
		Store:     m.store,
		Readings:  semaphore.NewWeighted(int64(runtime.NumCPU())), // each may take a process
		Papers:    &paper.Reader{Child: m.readPDF, Cache: filepath.Join(m.config.Data, "pdf-engine")},
		Studio:    sounds,
		Publisher: publisher,
		Intake:    m.intake,
		Ledger:    ledger.New(m.store),
		Authority: m.authority,
		News:      news,
		EnrolURL:  m.stationsURL(),
		Zone:      m.config.Zone,
	}
	return m.desk.callRoll(ctx)
}

// openStudio makes the studio with the speech engine of the configuration and
// clears away what a crash has left in it.
func openStudio(ctx context.Context, c config.Centre, log *slog.Logger) (*studio.Studio, error) {
	engine, err := studio.NewEngine(c.Speech.Engine, studio.EngineOptions{
		Voice:   c.Speech.Voice,
		Rate:    c.Speech.Rate,
		Command: c.Speech.Command,
		URL:     c.Speech.URL,
	})
	if err != nil {
		return nil, err
	}
	set := studio.DefaultSettings(filepath.Join(c.Data, "audio"))
	set.Target = c.Loudness
	set.Voice = studio.Voice{Engine: engine, Reading: studio.VietnameseReading()}
	s, err := studio.New(ctx, set)
	if err != nil {
		return nil, err
	}
	n, err := s.Sweep(time.Now().Add(-3 * set.Timeout))
	if err != nil {
		return nil, err
	}
	if n > 0 {
		log.Info("unfinished recordings cleared away", "count", n)
	}
	return s, nil
}

// Close lets go of everything, the last opened first.
func (m *Centre) Close() error {
	var errs []error
	for _, c := range slices.Backward(m.close) {
		errs = append(errs, c())
	}
	m.close = nil
	return errors.Join(errs...)
}

// Run works until ctx ends or a part fails.
func (m *Centre) Run(ctx context.Context) error {
	m.log.Info("centre is open", "page", m.PageURL(), "stations", m.stationsURL(), "broker", m.brokerURL())
	g, ctx := errgroup.WithContext(ctx)
	if m.broker != nil {
		g.Go(func() error { return m.broker.Run(ctx) })
	}
	g.Go(func() error { return m.intake.Run(ctx) })
	g.Go(func() error { return m.renew(ctx) })
	g.Go(func() error { return m.watch.Run(ctx) })
	g.Go(func() error { return m.courier.Run(ctx) })
	if m.config.MakeGood == config.MakeGoodAuto {
		g.Go(func() error { return m.makeGood(ctx) })
	}
	g.Go(func() error { return serve(ctx, m.page, m.pages(ctx)) })
	g.Go(func() error { return serve(ctx, m.stations, m.forStations()) })
	return g.Wait()
}

// pages serves staff on the loopback address.
func (m *Centre) pages(ctx context.Context) *http.Server {
	zone, err := time.LoadLocation(m.config.Zone)
	if err != nil {
		zone = time.UTC // the configuration was validated
	}
	handler := web.New(m.desk, web.Options{Token: m.token, Version: config.Version, Zone: zone, Now: time.Now, Log: m.log.With("part", "web")})
	return &http.Server{Handler: handler, BaseContext: func(net.Listener) context.Context { return ctx }, ReadHeaderTimeout: 10 * time.Second}
}

// forStations serves enrolment, audio and the time over TLS.
func (m *Centre) forStations() *http.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+mediaPath+"{digest}", media(m.desk.Studio, m.log))
	mux.HandleFunc("GET "+timePath, tellTime(time.Now))
	mux.Handle("/", enrol.Handler(m.authority, codes{m.store}, enrol.Offer{
		Brokers: []string{m.brokerURL()},
		Media:   m.stationsURL() + mediaPath,
		Log:     m.log.With("part", "enrol"),
	}))
	return &http.Server{
		Handler:     mux,
		TLSConfig:   m.authority.ServerTLS(),
		ReadTimeout: stationPatience,
		IdleTimeout: stationIdle,
		ErrorLog:    slog.NewLogLogger(m.log.With("part", "stations").Handler(), slog.LevelDebug),
	}
}

// stationPatience is how long anybody from outside may take to say what it
// wants: what never ends costs the centre a connection.
const stationPatience = 30 * time.Second

// stationIdle is how long a connection may wait for its next request: longer
// than from one look at the centre's clock to the next, since a new connection
// costs a station on a paid link ten times what the question does.
const stationIdle = 2 * time.Minute

// shutdown is how long requests under way may take when the centre ends.
const shutdown = 3 * time.Second

// serve serves until ctx ends and the requests under way are over: they still
// use what Close lets go of.
func serve(ctx context.Context, l net.Listener, s *http.Server) error {
	over := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(over)
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdown)
		defer cancel()
		if s.Shutdown(late) != nil {
			s.Close()
		}
	})
	defer stop()
	var err error
	if s.TLSConfig != nil {
		err = s.ServeTLS(l, "", "")
	} else {
		err = s.Serve(l)
	}
	if errors.Is(err, http.ErrServerClosed) {
		<-over
		return nil
	}
	return err
}

// renewal is how often leases are looked at; short ones more often.
const renewal = time.Hour

// renew publishes anew when half of a station's lease is over, so that a
// station with a link never runs out.
func (m *Centre) renew(ctx context.Context) error {
	ticker := time.NewTicker(min(renewal, m.config.Lease/8))
	defer ticker.Stop()
	for {
		if err := m.intake.Publisher.Renew(ctx, time.Now); err != nil && ctx.Err() == nil {
			m.log.Error("renew schedules", "err", err)
		}
		m.desk.News.Tell()
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}

var _ web.Audited = (*Desk)(nil)
