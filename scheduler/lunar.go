package scheduler

import (
	"iter"
	"math"
	"time"
)

// LunarDay is a day of the Vietnamese lunar calendar (âm lịch).
type LunarDay struct {
	Year  int  // the solar year in which its first month begins
	Month int  // 1 to 12
	Day   int  // 1 to 30
	Leap  bool // in the leap month that follows the month of this number
}

// Lunar is the day in the Vietnamese lunar calendar, reckoned for the years 1900
// to 2199; other years and incomplete dates give the zero LunarDay.
//
// The rules are those that Hồ Ngọc Đức described. A month begins on the day of a
// new moon at UTC+7. The month of the winter solstice is the eleventh. Where 13
// months lie between two solstices, the first of them in which the sun enters no
// new twelfth of its path is a leap month. The Chinese calendar has the same
// rules at UTC+8 and so now and then another day or month; so have calendars
// printed in Vietnam before 1968. Moon and sun are after Jean Meeus,
// Astronomical Algorithms.
func (d Date) Lunar() LunarDay {
	if !d.Complete() || d.Year < 1900 || d.Year > 2199 {
		return LunarDay{}
	}
	day := d.epochDay()
	for m := range lunarMonths(d.Year-1, d.Year) {
		if day < m.first+m.days {
			return LunarDay{m.year, m.month, day - m.first + 1, m.leap}
		}
	}
	return LunarDay{} // not reached: the months end in the year after
}

// Solar is the inverse of [Date.Lunar]. It answers false for a day that the
// lunar calendar does not have, such as the 30th of a short month, and for one
// outside the years that Lunar reckons.
func (l LunarDay) Solar() (Date, bool) {
	year := l.Year
	if l.Month < 11 {
		year--
	}
	if year < 1899 || year > 2199 {
		return Date{}, false
	}
	for m := range lunarMonths(year, year) {
		if m.month == l.Month && m.leap == l.Leap && 1 <= l.Day && l.Day <= m.days {
			d := m.on(l.Day)
			return d, 1900 <= d.Year && d.Year <= 2199
		}
	}
	return Date{}, false
}

// lunarMonth is one month. Days are counted from 1970-01-01.
type lunarMonth struct {
	first, days int
	year, month int
	leap        bool
}

// on is a day of the month as a date.
func (m lunarMonth) on(day int) Date { return Date{1970, time.January, 1}.AddDays(m.first + day - 1) }

// lunarMonths yields the months from the eleventh of one lunar year to the tenth
// of the year after another, in order.
func lunarMonths(from, until int) iter.Seq[lunarMonth] {
	return func(yield func(lunarMonth) bool) {
		for year := from; year <= until; year++ {
			for m := range solsticeYear(year) {
				if !yield(m) {
					return
				}
			}
		}
	}
}

// solsticeYear yields the months from the eleventh of a lunar year to the tenth
// of the next: 12, or 13 with a leap month.
func solsticeYear(year int) iter.Seq[lunarMonth] {
	return func(yield func(lunarMonth) bool) {
		moon, after := solsticeMoon(year), solsticeMoon(year+1)
		leaps := after - moon - 12 // how many leap months are still to come
		first, number := newMoonDay(moon), 11
		for i := range after - moon {
			next := newMoonDay(moon + i + 1)
			leap := leaps > 0 && i > 0 && sunTwelfth(first) == sunTwelfth(next)
			if leap {
				leaps--
			} else if i > 0 {
				number++
			}
			if !yield(lunarMonth{first, next - first, year + (number-1)/12, (number-1)%12 + 1, leap}) {
				return
			}
			first = next
		}
	}
}

// solsticeMoon is the number of the new moon that begins the month of the
// winter solstice of a year.
func solsticeMoon(year int) int {
	solstice := Date{year, time.December, 19}.epochDay() // two days before the earliest there is
	for sunTwelfth(solstice+1) < 9 {
		solstice++
	}
	moon := int((float64(solstice)-newMoonEpoch)/synodicMonth) + 1
	for newMoonDay(moon) > solstice {
		moon--
	}
	return moon
}

// epochDay counts the days from 1970-01-01.
func (d Date) epochDay() int { return Date{1970, time.January, 1}.DaysUntil(d) }

// Instants of the sun and the moon are in days from 1970-01-01 00:00.
const (
	synodicMonth = 29.530588861    // days, the mean
	j2000        = 10957.5         // 2000-01-01 12:00
	newMoonEpoch = j2000 + 5.09766 // the mean new moon numbered 0
	vietnamAhead = 7.0 / 24        // of UTC, in days
	degree       = math.Pi / 180   // in radians
	century      = 36525           // days
)

// newMoonDay is the day in Vietnam on which a new moon falls.
func newMoonDay(number int) int {
	at := newMoon(float64(number))
	return int(math.Floor(at - clockLag(at) + vietnamAhead))
}

// clockLag is how far the turning earth is behind even time, in days: the long
// parabola of Morrison and Stephenson. It is right to half a minute in the past
// century; nobody knows it for the next.
func clockLag(at float64) float64 {
	u := (at-j2000)/century + 1.8
	return (32*u*u - 20) / (24 * 3600)
}

// newMoon is the instant of a new moon in even time, to some seconds (Meeus,
// chapter 49).
func newMoon(k float64) float64 {
	t := k / 1236.85                  // centuries
	e := 1 - t*(0.002516+t*0.0000074) // the path of the earth becomes rounder
	powers := [...]float64{1, e, e * e}
	sun := (2.5534 + 29.10535670*k - 0.0000014*t*t) * degree
	moon := (201.5643 + 385.81693528*k + 0.0107582*t*t + 0.00001238*t*t*t) * degree
	node := (160.7108 + 390.67050284*k - 0.0016118*t*t - 0.00000227*t*t*t) * degree
	at := newMoonEpoch + synodicMonth*k + t*t*(0.00015437-t*(0.000000150-t*0.00000000073))
	for _, p := range [...]struct {
		size            float64
		rounder         int // the power of e
		sun, moon, node float64
	}{
		{-0.40720, 0, 0, 1, 0}, {0.17241, 1, 1, 0, 0}, {0.01608, 0, 0, 2, 0}, {0.01039, 0, 0, 0, 2},
		{0.00739, 1, -1, 1, 0}, {-0.00514, 1, 1, 1, 0}, {0.00208, 2, 2, 0, 0}, {-0.00111, 0, 0, 1, -2},
		{-0.00057, 0, 0, 1, 2}, {0.00056, 1, 1, 2, 0}, {-0.00042, 0, 0, 3, 0}, {0.00042, 1, 1, 0, 2},
		{0.00038, 1, 1, 0, -2}, {-0.00024, 1, -1, 2, 0}, {-0.00007, 0, 2, 1, 0}, {0.00004, 0, 0, 2, -2},
		{0.00004, 0, 3, 0, 0}, {0.00003, 0, 1, 1, -2}, {0.00003, 0, 0, 2, 2}, {-0.00003, 0, 1, 1, 2},
		{0.00003, 0, -1, 1, 2}, {-0.00002, 0, -1, 1, -2}, {-0.00002, 0, 1, 3, 0}, {0.00002, 0, 0, 4, 0},
	} {
		at += p.size * powers[p.rounder] * math.Sin(p.sun*sun+p.moon*moon+p.node*node)
	}
	for _, p := range [...]struct{ size, from, pace float64 }{ // the planets, and the turning of the moon's path
		{-0.00017, 124.7746, -1.56375588}, {0.000325, 299.77, 0.107408}, {0.000165, 251.88, 0.016321},
		{0.000164, 251.83, 26.651886}, {0.000126, 349.42, 36.412478}, {0.000110, 84.66, 18.206239},
		{0.000062, 141.74, 53.303771}, {0.000060, 207.14, 2.453732}, {0.000056, 154.84, 7.306860},
		{0.000047, 34.52, 27.261239}, {0.000042, 207.19, 0.121824}, {0.000040, 291.34, 1.844379},
		{0.000037, 161.72, 24.198154}, {0.000035, 239.56, 25.513099}, {0.000023, 331.55, 3.592518},
	} {
		at += p.size * math.Sin((p.from+p.pace*k)*degree)
	}
	return at
}

// sunTwelfth is in which twelfth of its path the sun stands when a day begins in
// Vietnam, from 0 at the spring equinox to 11.
func sunTwelfth(day int) int {
	at := float64(day) - vietnamAhead
	return int(sunLongitude(at+clockLag(at)) / 30)
}

// sunLongitude is where the sun is seen on its path, in degrees from 0 to 360,
// to about 0.01 degrees, which it goes in a quarter of an hour (Meeus, chapter 25).
func sunLongitude(at float64) float64 {
	t := (at - j2000) / century
	mean := 280.46646 + t*(36000.76983+t*0.0003032)
	anomaly := (357.52911 + t*(35999.05029-t*0.0001537)) * degree
	centre := (1.914602-t*(0.004817+t*0.000014))*math.Sin(anomaly) +
		(0.019993-t*0.000101)*math.Sin(2*anomaly) + 0.000289*math.Sin(3*anomaly)
	seen := mean + centre - 0.00569 - 0.00478*math.Sin((125.04-1934.136*t)*degree)
	return seen - 360*math.Floor(seen/360)
}
