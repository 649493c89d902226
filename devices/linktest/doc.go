// Package linktest is the suite that every implementation of [devices.Link]
// passes, against every broker: it checks each promise of the list there. A test
// runs each of [Cases] with a fresh [Harness], inside a testing/synctest bubble
// where the implementation allows it:
//
//	for _, c := range linktest.Cases() {
//		t.Run(c.Name, func(t *testing.T) { c.Run(t, newHarness(t)) })
//	}
//
// Nothing in it sleeps. That something does not happen is shown by a later thing
// on the same path that does.
package linktest
