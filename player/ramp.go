package player

// ramp is a factor on its way to another one, a frame at a time. The zero ramp
// is silence.
type ramp struct{ level, target, step float64 }

// steady is the ramp that stays at level.
func steady(level float64) ramp { return ramp{level: level, target: level} }

// to lets r reach target in n frames from where it is.
func (r *ramp) to(target float64, n int64) {
	r.target, r.step = target, (target-r.level)/float64(max(n, 1))
}

// moves reports whether r is still on its way.
func (r *ramp) moves() bool { return r.level != r.target }

// next is the factor of one frame.
func (r *ramp) next() float64 {
	level := r.level
	if r.moves() {
		r.level += r.step
		if r.step > 0 == (r.level > r.target) {
			r.level = r.target
		}
	}
	return level
}

// fades is what a voice does at its own two ends.
type fades struct {
	in, out int64 // frames to full level and from it
	total   int64 // frames of the whole item; 0 where that is not known
}

func fadesOf(i Item) fades {
	f := fades{in: Frames(i.FadeIn), total: Frames(i.Length)}
	if f.total > 0 {
		f.out = Frames(i.FadeOut)
	}
	return f
}

// touch reports whether the n frames from pos on are shaped at all.
func (f fades) touch(pos, n int64) bool {
	return pos < f.in || f.out > 0 && pos+n > f.total-f.out
}

// at is the factor of frame pos.
func (f fades) at(pos int64) float64 {
	level := 1.0
	if pos < f.in {
		level = float64(pos+1) / float64(f.in)
	}
	if left := f.total - pos; f.out > 0 && left < f.out {
		level *= float64(max(left, 0)) / float64(f.out)
	}
	return level
}
