// Package mosquitto sets up Eclipse Mosquitto as the broker between the centre
// and its stations, for installations that want one that is not inside the
// centre, and starts it for tests.
//
// [Write] makes the configuration: TLS with certificates of the centre's
// authority, the common name as user and client name, and access rules that
// give each station what [devices.MayRead] and [devices.MayWrite] say. Mosquitto
// knows nothing of roles, which is why no station may be called
// [devices.CentreName]. Unlike the broker inside the centre it grants a
// subscription that its rules forbid and delivers nothing on it, ends the
// connection of a client whose message it has dropped, and learns of a revoked
// station only through a revocation list of its own.
package mosquitto
