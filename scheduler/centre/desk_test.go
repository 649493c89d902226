package centre

import (
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loaphuong/config"
	"loaphuong/devices/enrol"
	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

// withStudio gives the desk a studio and an authority of its own.
func (b *bench) withStudio() *bench {
	b.t.Helper()
	dir := b.t.TempDir()
	s, err := openStudio(b.t.Context(), config.Centre{Data: dir, Loudness: -18, Speech: config.Speech{Engine: "espeak", Voice: "vi", Rate: 150}}, slog.New(slog.DiscardHandler))
	must(b.t, err)
	b.desk.Studio = s
	b.desk.Authority = get[*enrol.Authority](b.t)(enrol.OpenAuthority(filepath.Join(dir, "keys"), nil))
	b.desk.EnrolURL = "https://localhost:1"
	return b
}

func TestTheDeskSaysWhatIsWrong(t *testing.T) {
	b := newBench(t).withStudio()
	ctx := t.Context()
	station := func(change func(*scheduler.Station)) error {
		s := scheduler.Station{ID: "dai", Area: "xa-a", Volume: 50}
		change(&s)
		_, err := b.desk.AddStation(ctx, s)
		return err
	}
	programme := func(change func(*scheduler.Programme)) error {
		p := get[[]scheduler.Programme](t)(b.store.Programmes(ctx))[0]
		change(&p)
		return b.desk.PutProgramme(ctx, p)
	}
	quiet := func(from, until int) error {
		return station(func(s *scheduler.Station) { s.Quiet = []scheduler.QuietHours{{From: from, Until: until}} })
	}
	err2 := func(_ any, err error) error { return err }
	sound := strings.NewReader("not even sound")
	for _, c := range []struct {
		why  string
		err  error
		kind error
	}{
		{"area: a name for people", b.desk.PutArea(ctx, scheduler.Area{ID: "Xã A"}), scheduler.ErrInvalid},
		{"area: under nothing", b.desk.PutArea(ctx, scheduler.Area{ID: "ap", Parent: "khong-co"}), scheduler.ErrInvalid},
		{"station: a name for people", station(func(s *scheduler.Station) { s.ID = "Đài" }), scheduler.ErrInvalid},
		{"station: the centre's name", station(func(s *scheduler.Station) { s.ID = "centre" }), scheduler.ErrInvalid},
		{"station: no such area", station(func(s *scheduler.Station) { s.Area = "khong-co" }), scheduler.ErrNotFound},
		{"station: no such zone", station(func(s *scheduler.Station) { s.Zone = "Hà Nội" }), scheduler.ErrInvalid},
		{"station: a zone of this machine", station(func(s *scheduler.Station) { s.Zone = "Local" }), scheduler.ErrInvalid},
		{"station: too loud", station(func(s *scheduler.Station) { s.Volume = 101 }), scheduler.ErrInvalid},
		{"station: too quiet", station(func(s *scheduler.Station) { s.Volume = -1 }), scheduler.ErrInvalid},
		{"station: quiet before midnight", quiet(-1, 10), scheduler.ErrInvalid},
		{"station: quiet after midnight", quiet(24*60, 10), scheduler.ErrInvalid},
		{"station: quiet without end", quiet(10, 24*60+1), scheduler.ErrInvalid},
		{"code: no such station", err2(b.desk.StationCode(ctx, "khong-co")), scheduler.ErrNotFound},
		{"programme: no such area", programme(func(p *scheduler.Programme) { p.Area = "khong-co" }), scheduler.ErrNotFound},
		{"programme: no time", programme(func(p *scheduler.Programme) { p.Timing = scheduler.Timing{} }), scheduler.ErrInvalid},
		{"programme: no length", programme(func(p *scheduler.Programme) { p.Length = 0 }), scheduler.ErrInvalid},
		{"delete: no such programme", b.desk.DeleteProgramme(ctx, "khong-co"), scheduler.ErrNotFound},
		{"publish: nobody", err2(b.desk.Publish(ctx, "")), scheduler.ErrInvalid},
		{"playlists: nothing published", err2(b.desk.Playlists(ctx, tanHung)), scheduler.ErrNotFound},
		{"sound: no such letter", err2(b.desk.AddRecording(ctx, web.NewRecording{Directive: "khong-co", Topic: 1}, "a.wav", sound)), scheduler.ErrNotFound},
		{"sound: no such topic", err2(b.desk.AddRecording(ctx, web.NewRecording{Directive: "thu", Topic: 3}, "a.wav", sound)), scheduler.ErrInvalid},
		{"sound: none", err2(b.desk.AddRecording(ctx, web.NewRecording{Directive: "thu", Topic: 1}, "a.wav", sound)), scheduler.ErrInvalid},
		{"speak: no such topic", err2(b.desk.Speak(ctx, web.NewRecording{Directive: "thu", Topic: 0})), scheduler.ErrInvalid},
		{"speak: nothing", err2(b.desk.Speak(ctx, web.NewRecording{})), scheduler.ErrInvalid},
		{"listen: no such recording", err2(b.desk.OpenAudio(ctx, "khong-co")), scheduler.ErrNotFound},
		{"listen: its file is gone", err2(b.desk.OpenAudio(ctx, "r1")), scheduler.ErrNotFound},
		{"approve: no such recording", err2(b.desk.Approve(ctx, "khong-co", "Lan", digestOf("r1"))), scheduler.ErrNotFound},
		{"airtime: no such station", err2(b.desk.Airtime(ctx, scheduler.AirtimeQuery{Station: "khong-co"})), scheduler.ErrNotFound},
		{"airings: no such area", err2(b.desk.Airings(ctx, scheduler.AirtimeQuery{Area: "khong-co"})), scheduler.ErrNotFound},
	} {
		if !errors.Is(c.err, c.kind) {
			t.Errorf("%s: %v, want %v", c.why, c.err, c.kind)
		}
	}
	if all := get[[]scheduler.Station](t)(b.store.Stations(ctx)); len(all) != 2 {
		t.Errorf("there are %d stations now", len(all))
	}
}

func TestAStationIsGivenWhatItLacks(t *testing.T) {
	b := newBench(t)
	s, err := b.desk.AddStation(t.Context(), scheduler.Station{ID: "dai", Area: "xa-a", Volume: 50, Quiet: []scheduler.QuietHours{{From: 22 * 60, Until: 24 * 60}}})
	if err != nil || s.Name != "dai" || s.Zone != scheduler.DefaultZone {
		t.Errorf("it is %+v, %v", s, err)
	}
}

func TestCodes(t *testing.T) {
	b := newBench(t).withStudio()
	given := get[web.JoinCode](t)(b.desk.StationCode(t.Context(), tanHung))
	if given.Station != tanHung || given.URL != b.desk.EnrolURL || time.Until(given.Expires) > codeLife {
		t.Errorf("the code is %+v", given)
	}
	late := get[enrol.Code](t)(enrol.ParseCode(get[web.JoinCode](t)(b.desk.StationCode(t.Context(), tanHung)).Code))
	code := get[enrol.Code](t)(enrol.ParseCode(given.Code))
	for _, c := range []struct {
		why  string
		code enrol.Code
		at   time.Time
		want error
	}{
		{"once", code, given.Expires.Add(-time.Second), nil},
		{"twice", code, given.Expires.Add(-time.Second), enrol.ErrCodeUsed},
		{"used and over", code, given.Expires.Add(time.Hour), enrol.ErrCodeUsed},
		{"over", late, given.Expires.Add(time.Hour), enrol.ErrCodeExpired},
		{"never given", b.desk.Authority.NewCode(), given.Expires, enrol.ErrCodeUnknown},
	} {
		station, err := codes{b.store}.Take(t.Context(), c.code.Hash(), c.at)
		if !errors.Is(err, c.want) || (station == tanHung) != (err == nil) {
			t.Errorf("%s: %q, %v", c.why, station, err)
		}
	}
	must(t, b.store.Close())
	if _, err := (codes{b.store}).Take(t.Context(), "x", time.Now()); err == nil || errors.Is(err, enrol.ErrCodeUnknown) {
		t.Errorf("the centre's own trouble is told as %v", err)
	}
}

func TestStationStates(t *testing.T) {
	b := newBench(t)
	b.publish(clock(4, 0, 0))
	must(t, b.intake.take(t.Context(), state(tanHung, onlineState(1)), clock(4, 1, 0)))
	list := get[[]web.StationState](t)(b.desk.StationStates(t.Context()))
	if len(list) != 2 || list[0].Station.ID != anBinh || list[0].State != nil || !list[0].Heard.IsZero() || list[0].Published != 1 {
		t.Errorf("the stations are %+v", list)
	}
	if s := list[1]; s.State == nil || s.State.Revision != 1 || !s.Heard.Equal(clock(4, 1, 0)) {
		t.Errorf("the one that spoke is %+v", s)
	}
}

func TestChangesAreTold(t *testing.T) {
	b := newBench(t)
	changes := b.desk.Changes(t.Context())
	must(t, b.desk.DeleteProgramme(t.Context(), "sang"))
	select {
	case <-changes:
	default:
		t.Error("nobody was told that a programme is gone")
	}
	if left := get[[]scheduler.Programme](t)(b.desk.Programmes(t.Context())); len(left) != 1 {
		t.Errorf("there are %d programmes", len(left))
	}
}

// TestAnAreaThatIsNotThereIsNamed, with what to type.
func TestAnAreaThatIsNotThereIsNamed(t *testing.T) {
	d := newBench(t).desk
	_, obliged := d.Owed(t.Context(), "thu", "nowhere")
	_, added := d.AddStation(t.Context(), scheduler.Station{ID: "xa-moi", Area: "nowhere"})
	for _, err := range []error{obliged, added} {
		if !errors.Is(err, scheduler.ErrNotFound) || !strings.Contains(err.Error(), `"nowhere"`) || !strings.Contains(err.Error(), "area add") {
			t.Errorf("got %v", err)
		}
	}
}
