package cmd

import (
	"os"
	"path/filepath"
	"time"

	"loaphuong/player"
	"loaphuong/scheduler"
)

// hearing is the station whose sound is kept in files, one for every start of
// its agent, beside what it says.
const hearing scheduler.StationID = "xa-1"

// emptyCapture is how long a file is at most in bytes, whose writer was killed
// before it had kept half a second.
const emptyCapture = 1 << 15

// card is what a station plays on.
func (p *post) card() string {
	if p.id != hearing {
		return "silent"
	}
	return "wav:" + filepath.Join(p.dir, "heard.wav")
}

// pause is the longest silence within an item; between two there is more.
const pause = 600 * time.Millisecond

// loud is how long some sound is, without silence longer than a pause.
func loud(samples []float32) (all time.Duration) {
	const faint = 0.001 // what rounding to 16 bits may make of silence
	last := int64(-1)
	for i, x := range samples {
		if x < faint && x > -faint {
			continue
		}
		if gap := player.Duration(int64(i) - last); last >= 0 && gap < pause {
			all += gap
		}
		last = int64(i)
	}
	return all
}

// judgeHeard compares all that one station's files kept with what it said: what
// nobody has said would be too much, what never sounded too little. While the
// disk takes nothing, nothing can be said of what sounds; if the agent is killed
// then, it may sound once more.
func (f *field) judgeHeard(expected map[scheduler.AiringID]*told, harms []harm) {
	f.t.Helper()
	var said, heard, allowed time.Duration
	for _, a := range expected {
		if a.station != hearing {
			continue
		}
		sound := f.decoded(a.Digest)
		said += loud(sound[:min(len(sound), int(player.Frames(a.end.Sounded)))])
		switch {
		case diskHarmed(harms, hearing, a.Start, a.Start.Add(a.Grace+a.Duration)):
			allowed += a.Duration
		case a.end.Reason == scheduler.PowerLost:
			allowed += progressEvery
		}
	}
	files, err := filepath.Glob(filepath.Join(f.dir, "heard*.wav"))
	f.must(err)
	for _, file := range files {
		if info, err := os.Stat(file); err == nil && info.Size() > emptyCapture {
			heard += loud(readCapture(f.t, file).samples)
		}
	}
	const unkept = 500 * time.Millisecond // of a file whose writer was killed
	missing := unkept*time.Duration(len(files)) + tolerance
	f.t.Logf("%s: %s were heard in %d files, %s are said to have been, and %s may be unsaid", hearing, heard, len(files), said, allowed)
	if heard > said+allowed+tolerance || heard < said-missing {
		f.t.Errorf("%s: %s were heard, and %s are said to have been, at most %s less", hearing, heard, said, allowed)
	}
}
