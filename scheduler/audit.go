package scheduler

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"
)

// AuditEntry is one line of the centre's audit log: somebody asked for
// something to be changed, and how that ended. Lines are numbered from 1 without
// gaps and each holds the digest of the one before, so that a line changed or
// taken out shows.
type AuditEntry struct {
	Number   uint64    `json:"number"`            // from 1, without gaps
	At       time.Time `json:"at"`                // when it ended, to the millisecond
	By       string    `json:"by"`                // the person; see the constants below
	From     string    `json:"from"`              // "127.0.0.1 page", "127.0.0.1 api", "centre"
	Action   string    `json:"action"`            // the operation of the interface, or the form of the pages
	Object   string    `json:"object,omitempty"`  // the ID of what it was about
	Area     AreaID    `json:"area,omitempty"`    // where it is known
	Status   int       `json:"status"`            // of HTTP: under 400 it was done
	Detail   string    `json:"detail,omitempty"`  // what was sent, as JSON without secrets and long texts, at most MaxAuditDetail bytes
	LeftOut  int       `json:"leftOut,omitempty"` // requests by nobody before this one that have no line
	Previous Digest    `json:"previous,omitempty"`
	Hash     Digest    `json:"hash"`
}

// Who stands in a line where no person has given a name.
const (
	ByNobody      = "nobody"       // neither signed in nor with the centre's token
	ByCommandLine = "command line" // with the token
	ByCentre      = "centre"       // it did so by itself
)

// MaxAuditDetail is how long the detail of a line may be, in bytes.
const MaxAuditDetail = 2048

// Digest is what Hash has to be. Every field stands with its length, so that no
// two lines share their bytes.
func (e AuditEntry) Digest() Digest {
	h := sha256.New()
	for _, field := range []string{
		strconv.FormatUint(e.Number, 10), strconv.FormatInt(e.At.UnixMilli(), 10), e.By, e.From, e.Action, e.Object,
		string(e.Area), strconv.Itoa(e.Status), e.Detail, strconv.Itoa(e.LeftOut), string(e.Previous),
	} {
		fmt.Fprintf(h, "%d:", len(field))
		io.WriteString(h, field)
	}
	return Digest(hex.EncodeToString(h.Sum(nil)))
}

// After is the entry as the line that follows head.
func (e AuditEntry) After(head AuditHead) AuditEntry {
	for _, text := range []*string{&e.By, &e.From, &e.Action, &e.Object, (*string)(&e.Area), &e.Detail} {
		*text = strings.ToValidUTF8(*text, "\uFFFD") // it is to come out of every store and format as it went in
	}
	e.At = e.At.UTC().Truncate(time.Millisecond)
	e.Number, e.Previous = head.Number+1, head.Hash
	e.Hash = e.Digest()
	return e
}

// Head is what a person notes of the line.
func (e AuditEntry) Head() AuditHead { return AuditHead{e.Number, e.Hash} }

// AuditHead names a line and, by its digest, all lines before it. Noted on
// paper, it proves later that the log still has them. The zero head is before
// the first line.
type AuditHead struct {
	Number uint64 `json:"number"`
	Hash   Digest `json:"hash,omitempty"`
}

// String writes what [ParseAuditHead] reads.
func (h AuditHead) String() string { return fmt.Sprintf("%d:%s", h.Number, h.Hash) }

// ParseAuditHead reads NUMBER:HASH.
func ParseAuditHead(s string) (AuditHead, error) {
	number, hash, _ := strings.Cut(strings.TrimSpace(s), ":")
	n, err := strconv.ParseUint(number, 10, 63)
	if err == nil {
		_, err = ParseDigest(hash)
	}
	if err != nil || n == 0 {
		return AuditHead{}, fmt.Errorf("audit head %q: write NUMBER:HASH as audit verify printed it", s)
	}
	return AuditHead{n, Digest(hash)}, nil
}

// AuditFilter chooses lines of the audit log; a zero field chooses all.
type AuditFilter struct {
	From   time.Time
	Until  time.Time // exclusive
	By     string
	Object string
	Area   AreaID
	Limit  int // the newest so many
}

// Takes reports whether the filter chooses a line, apart from its limit.
func (f AuditFilter) Takes(e AuditEntry) bool {
	return (f.From.IsZero() || !e.At.Before(f.From)) && (f.Until.IsZero() || e.At.Before(f.Until)) &&
		(f.By == "" || f.By == e.By) && (f.Object == "" || f.Object == e.Object) && (f.Area == "" || f.Area == e.Area)
}

// AuditVerdict is what was found when every line of the audit log was looked at
// again.
type AuditVerdict struct {
	Lines   int         `json:"lines"`
	Head    AuditHead   `json:"head"`              // of the last line: note it, and compare later
	Gaps    []Gap       `json:"gaps,omitempty"`    // lines that were taken out
	Altered []uint64    `json:"altered,omitempty"` // lines that are not what was written
	Broken  []uint64    `json:"broken,omitempty"`  // lines that do not follow from the one before them
	Absent  []AuditHead `json:"absent,omitempty"`  // heads noted formerly that the log no longer has
}

// VerifyAudit looks at every line, in the order of numbers, and at heads that
// were noted formerly. Whoever changes a line and its digest breaks the next;
// whoever writes every line anew from there on, or cuts the end off, is found by
// a head. An error of the lines ends it.
func VerifyAudit(lines iter.Seq2[AuditEntry, error], noted ...AuditHead) (AuditVerdict, error) {
	var v AuditVerdict
	held := map[AuditHead]bool{}
	for _, h := range noted {
		held[h] = false
	}
	for e, err := range lines {
		if err != nil {
			return v, err
		}
		if _, asked := held[e.Head()]; asked {
			held[e.Head()] = e.Hash == e.Digest()
		}
		v.take(e)
	}
	for _, h := range noted {
		if !held[h] {
			v.Absent = append(v.Absent, h)
		}
	}
	return v, nil
}

func (v *AuditVerdict) take(e AuditEntry) {
	follows := e.Number == v.Head.Number+1
	if e.Number > v.Head.Number+1 {
		v.Gaps = append(v.Gaps, Gap{v.Head.Number + 1, e.Number - 1})
	}
	switch {
	case e.Hash != e.Digest():
		v.Altered = append(v.Altered, e.Number)
	case e.Number <= v.Head.Number || follows && e.Previous != v.Head.Hash:
		v.Broken = append(v.Broken, e.Number)
	}
	v.Lines++
	v.Head = e.Head()
}

// Sound reports whether the log is whole and has what was noted of it.
func (v AuditVerdict) Sound() bool {
	return len(v.Gaps)+len(v.Altered)+len(v.Broken)+len(v.Absent) == 0
}
