package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// selection reads what a form says of a playlist. Of one that is there already,
// what the form has no field for stays as it is.
func (f *formReader) selection(k *known) scheduler.Selection {
	l := k.selections[scheduler.SelectionID(f.text("id"))]
	l.ID = scheduler.SelectionID(f.text("id"))
	l.Title = f.text("title")
	l.Area, l.Station = scheduler.AreaID(f.text("area")), scheduler.StationID(f.text("station"))
	l.Programme = scheduler.ProgrammeID(f.text("programme"))
	l.Alone = f.ticked("alone")
	l.Length, l.Class = 0, ""
	if l.Programme == "" {
		l.Length, l.Class = f.minutes("length"), scheduler.Ordinary
		if f.ticked("priority") {
			l.Class = scheduler.Priority
		}
	}
	l.Timing = f.timing(k.programmes[l.Programme].Timing, k.zone(k.view, l.Station))
	l.Recordings = f.picked()
	return l
}

// picked are the ticked recordings by their numbers; those without a number
// come last, as they stood. One with several numbers is played several times.
func (f *formReader) picked() []scheduler.RecordingID {
	type pick struct {
		id    scheduler.RecordingID
		place int
	}
	var all []pick
	for _, id := range f.values["pick"] {
		places := strings.FieldsFunc(f.text("place."+id), func(r rune) bool { return r == ',' || r == ' ' || r == ';' })
		if len(places) == 0 {
			all = append(all, pick{scheduler.RecordingID(id), scheduler.MaxSelection + 1})
		}
		for _, s := range places {
			n, err := strconv.Atoi(s)
			if err != nil || n < 0 || n > scheduler.MaxSelection {
				f.wrong = append(f.wrong, f.T("list.place", "text", s, "most", scheduler.MaxSelection))
			}
			all = append(all, pick{scheduler.RecordingID(id), n})
		}
	}
	slices.SortStableFunc(all, func(a, b pick) int { return cmp.Compare(a.place, b.place) })
	var ids []scheduler.RecordingID
	for _, p := range all {
		ids = append(ids, p.id)
	}
	return ids
}

// timing reads when: a cron rule, or hours, days of the week and a span of days.
// Where no hour is given they are those of the programme, and a single day with
// a single hour is one instant.
func (f *formReader) timing(programme scheduler.Timing, zone *time.Location) scheduler.Timing {
	hours, days, from, until := f.hours("hours"), f.values["weekdays"], f.day("from"), f.day("until")
	spec := f.text("cron")
	switch {
	case spec != "":
	case len(hours) == 1 && !from.IsZero() && from == until:
		return scheduler.Once(time.Date(from.Year, from.Month, from.Day, int(hours[0])/60, int(hours[0])%60, 0, 0, zone))
	case len(hours) > 0:
		spec = f.hourSpec(hours)
	case len(days) == 0 && from.IsZero() && until.IsZero():
		return scheduler.Timing{}
	default:
		spec = programme.Spec()
	}
	if len(f.wrong) > 0 || spec == "" {
		return scheduler.Timing{}
	}
	if fields := strings.Fields(spec); len(days) > 0 && len(fields) == 5 {
		fields[4] = strings.Join(days, ",")
		spec = strings.Join(fields, " ")
	}
	timing, err := scheduler.Cron(spec, startOf(from, 0, zone), startOf(until, 1, zone))
	if err != nil {
		f.wrong = append(f.wrong, f.T("list.timing", "why", err.Error()))
	}
	return timing
}

// startOf is the first instant of a day some days later, or zero for no day.
func startOf(d scheduler.Date, days int, zone *time.Location) time.Time {
	if !d.Complete() {
		return time.Time{}
	}
	return d.AddDays(days).Start(zone)
}

// hourSpec is the cron spec of hours of every day. One spec has one minute.
func (f *formReader) hourSpec(hours []scheduler.TimeOfDay) string {
	var list []string
	for _, h := range hours {
		if h%60 != hours[0]%60 {
			f.wrong = append(f.wrong, f.T("list.minute"))
			return ""
		}
		list = append(list, strconv.Itoa(int(h)/60))
	}
	return fmt.Sprintf("%d %s * * *", hours[0]%60, strings.Join(list, ","))
}

// valuesOf are the fields of a form that hold a playlist.
func (k *known) valuesOf(l scheduler.Selection) url.Values {
	v := url.Values{}
	for name, value := range map[string]string{
		"id": string(l.ID), "title": l.Title, "area": string(l.Area), "station": string(l.Station), "programme": string(l.Programme),
		"length": minutes(l.Length), "alone": yes(l.Alone), "priority": yes(l.Class == scheduler.Priority),
	} {
		v.Set(name, value)
	}
	k.timingValues(v, l.Timing, k.zone(k.view, l.Station))
	return v
}

// timingValues fills in the fields of a timing: as hours and days where it is so
// simple, else as the cron rule that it is.
func (k *known) timingValues(v url.Values, t scheduler.Timing, zone *time.Location) {
	if !t.At().IsZero() {
		at := t.At().In(zone)
		v.Set("hours", at.Format("15:04"))
		v.Set("from", writeDate(scheduler.DateOf(at)))
		v.Set("until", writeDate(scheduler.DateOf(at)))
		return
	}
	var bounds timingForm
	if b, err := json.Marshal(t); err != nil || json.Unmarshal(b, &bounds) != nil || t.IsZero() {
		return
	}
	if !bounds.From.IsZero() {
		v.Set("from", writeDate(scheduler.DateOf(bounds.From.In(zone))))
	}
	if !bounds.Until.IsZero() {
		v.Set("until", writeDate(scheduler.DateOf(bounds.Until.Add(-time.Second).In(zone))))
	}
	hours, days, simple := plainTimes(t.Spec())
	if !simple {
		v.Set("cron", t.Spec())
		return
	}
	v.Set("hours", strings.Join(hours, ", "))
	v["weekdays"] = days
}

// plainTimes are the hours and the days of the week of a cron spec that has
// single ones alone.
func plainTimes(spec string) (hours, days []string, ok bool) {
	fields := strings.Fields(spec)
	if len(fields) != 5 || fields[2] != "*" || fields[3] != "*" {
		return nil, nil, false
	}
	minute, err := strconv.Atoi(fields[0])
	if err != nil {
		return nil, nil, false
	}
	for _, s := range strings.Split(fields[1], ",") {
		hour, err := strconv.Atoi(s)
		if err != nil {
			return nil, nil, false
		}
		hours = append(hours, fmt.Sprintf("%02d:%02d", hour, minute))
	}
	if fields[4] == "*" {
		return hours, nil, true
	}
	days = strings.Split(fields[4], ",")
	plain := !slices.ContainsFunc(days, func(d string) bool { n, err := strconv.Atoi(d); return err != nil || n < 0 || n > 6 })
	return hours, days, plain
}
