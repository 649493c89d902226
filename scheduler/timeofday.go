package scheduler

import "fmt"

// TimeOfDay is a wall time in minutes after midnight, 0 to 1439.
type TimeOfDay int

// ParseTimeOfDay reads "05:00" or "5:00".
func ParseTimeOfDay(s string) (TimeOfDay, error) {
	var h, m int
	var rest string
	n, _ := fmt.Sscanf(s+"\n", "%d:%d%s", &h, &m, &rest)
	if n != 2 || h < 0 || h > 23 || m < 0 || m > 59 {
		return 0, fmt.Errorf("time of day %q: want HH:MM, for example 05:00", s)
	}
	return TimeOfDay(h*60 + m), nil
}

// String writes "05:00".
func (t TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", int(t)/60, int(t)%60) }

// MarshalText writes [TimeOfDay.String].
func (t TimeOfDay) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what [ParseTimeOfDay] reads.
func (t *TimeOfDay) UnmarshalText(b []byte) (err error) {
	*t, err = ParseTimeOfDay(string(b))
	return err
}
