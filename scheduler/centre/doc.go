// Package centre wires the centre: it opens the database, the keys, the studio,
// the broker and the pages, and runs them together until it is told to end.
//
// Three things flow through it. What staff decide goes into the database
// ([Desk]). What is owed becomes playlists and signed schedules and is
// published ([Publisher]). What stations say comes back, is committed, and only
// then receipted ([Intake]). Before each programme the
// stations that will not air it are announced ([Watch]). The broker holds no truth: a station that states a
// lower revision than the database has is sent its schedule again.
package centre
