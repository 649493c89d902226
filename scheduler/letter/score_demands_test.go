package letter_test

import (
	"fmt"
	"reflect"
	"slices"

	"loaphuong/scheduler"
)

// readDemands holds each demand against what is demanded of the same topic.
func (s *scores) readDemands(got scheduler.Directive, want answer, same map[int]int) {
	given := map[int]map[string]bool{0: factsOf(got.Demands...)}
	for _, topic := range got.Topics {
		given[topic.Ordinal] = factsOf(topic.Demands...)
	}
	wanted := map[int]map[string]bool{}
	scope := func(n int) int {
		switch {
		case n == 0 || len(want.Topics) == 1 && len(got.Topics) == 1:
			return 0
		case same[n] == 0:
			return -1
		}
		return same[n]
	}
	if len(want.Topics) == 1 && len(got.Topics) == 1 { // then the letter is its topic
		addTo(given[0], given[1])
		delete(given, 1)
	}
	for _, w := range want.Demands {
		at := scope(w.Topic)
		facts := factsOf(w.Demand)
		if wanted[at] == nil {
			wanted[at] = map[string]bool{}
		}
		addTo(wanted[at], facts)
		s.demands.wanted++
		if within(facts, given[at]) {
			s.demands.right++
		} else {
			s.tell("demand %q on topic %d is %v, not %v", w.Quote, w.Topic, keys(given[at]), keys(facts))
		}
	}
	for at, facts := range given {
		for fact := range facts {
			if !wanted[at][fact] {
				s.tell("demand %s on topic %d is none", fact, at)
			}
		}
	}
	s.demands.given += s.surplus(given, wanted)
}

// surplus counts the demands of the answer that a reading would have if each of
// its scopes with a wrong fact had one demand too many.
func (s *scores) surplus(given, wanted map[int]map[string]bool) (n int) {
	for at, facts := range given {
		if !within(facts, wanted[at]) {
			n++
		}
	}
	return n
}

func addTo(all, more map[string]bool) {
	for k := range more {
		all[k] = true
	}
}

func within(facts, all map[string]bool) bool {
	for f := range facts {
		if !all[f] {
			return false
		}
	}
	return true
}

func keys(m map[string]bool) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// factsOf lists what demands say, each field apart. Wishes say nothing.
func factsOf(all ...scheduler.Demand) map[string]bool {
	facts := map[string]bool{}
	for _, d := range all {
		d.Text, d.Spans = "", nil
		slices.Sort(d.Weekdays)
		v := reflect.ValueOf(d)
		for i := range v.NumField() {
			if !v.Field(i).IsZero() {
				facts[fmt.Sprintf("%s=%v", v.Type().Field(i).Name, v.Field(i).Interface())] = true
			}
		}
	}
	return facts
}
