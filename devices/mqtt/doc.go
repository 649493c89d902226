// Package mqtt is the link over MQTT 3.1.1, to the broker inside the centre or
// to any other. It is the only package that knows the paho library, and uses it
// for the protocol alone: each connection is a new paho client, and connecting
// again, the order of messages and the bounds are ours. That keeps paho's
// surprises away: a publication that is reported as sent because the connection
// came back, a refused subscription that is no error, a wait of ten minutes
// between tries, a first broker that is always the first.
//
// Sessions are clean and everything travels with quality of service 1. So a nil
// from Send means that the broker has acknowledged the message on the
// connection that carried it; what the broker then does with it is for the
// application's own receipts to find out.
package mqtt
