package scheduler

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
)

// Names of things. Each is a distinct type so that one is never passed for another.
type (
	// StationID names a station: 1 to 63 of a-z, 0-9 and '-', beginning with a letter or digit.
	StationID string
	// AreaID names a node of the area tree, in the same form as a StationID.
	AreaID string
	// DirectiveID names a letter: the first 16 hex digits of the SHA-256 of its text.
	DirectiveID string
	// RecordingID names one finished audio item.
	RecordingID string
	// ProgrammeID names a recurring window.
	ProgrammeID string
	// RuleID names a rule, in the same form as a StationID.
	RuleID string
	// HolidayID names a holiday, in the same form as a StationID.
	HolidayID string
	// SelectionID names a playlist that a person has put together.
	SelectionID string
	// RecallID names a recall.
	RecallID string
	// PlaylistID names a playlist and changes whenever its content does, see [Playlist.Seal].
	PlaylistID string
	// AiringID names one entry at one station at one instant, see [NewAiringID].
	AiringID string
	// Revision numbers a station's schedules upwards from 1; 0 means none.
	Revision uint64
	// Digest is a SHA-256 in 64 lower-case hex digits.
	Digest string
)

// ParseStationID checks the form of a station's name.
func ParseStationID(s string) (StationID, error) { return StationID(s), checkSlug("station", s) }

// ParseAreaID checks the form of an area's name.
func ParseAreaID(s string) (AreaID, error) { return AreaID(s), checkSlug("area", s) }

// ParseProgrammeID checks the form of a programme's name, the same as a station's.
func ParseProgrammeID(s string) (ProgrammeID, error) {
	return ProgrammeID(s), checkSlug("programme", s)
}

func checkSlug(what, s string) error {
	if s == "" || len(s) > 63 || s[0] == '-' {
		return fmt.Errorf("%s name %q: use 1 to 63 of a-z, 0-9 and '-', beginning with a letter or digit", what, s)
	}
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return fmt.Errorf("%s name %q: %q is not one of a-z, 0-9 and '-'", what, s, r)
		}
	}
	return nil
}

// ParseDigest checks that s is a SHA-256 in lower-case hex.
func ParseDigest(s string) (Digest, error) {
	if len(s) != 64 || strings.Trim(s, "0123456789abcdef") != "" {
		return "", fmt.Errorf("digest %q: want 64 lower-case hex digits", s)
	}
	return Digest(s), nil
}

// DigestOf is the digest of b.
func DigestOf(b []byte) Digest {
	sum := sha256.Sum256(b)
	return Digest(hex.EncodeToString(sum[:]))
}

// DigestReader reads r to its end and returns the digest and the number of bytes.
func DigestReader(r io.Reader) (Digest, int64, error) {
	h := sha256.New()
	n, err := io.Copy(h, r)
	return Digest(hex.EncodeToString(h.Sum(nil))), n, err
}

// shortDigest is the first 16 hex digits of the digest of the parts, each
// closed by a zero byte so that no two lists of parts share their bytes.
func shortDigest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		io.WriteString(h, p)
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
