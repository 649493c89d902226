// Package enrol gives each station the one identity that it uses everywhere,
// and the centre the authority to give it.
//
// The centre is its own small certificate authority. It prints a one-time
// [Code] for a new station; the code carries a secret, of which the centre
// keeps only a hash, and the fingerprint of the authority. A person types the
// code at the station, [Join] checks by the fingerprint that it talks to the
// right centre, makes a key that never leaves the station, and trades the
// secret for a certificate. With the resulting [Identity] the station speaks to
// the broker and fetches audio, and knows by the centre's public keys which
// schedules to believe.
//
// A certificate lasts [StationLife]; [Renew] asks for the next one under the
// present one, for the same key or, after a theft, not at all: the centre says
// in its [Offer] who is revoked.
package enrol
