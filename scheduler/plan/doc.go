// Package plan turns what stations owe into the playlists they will play.
//
// It is pure: the same [Input] gives the same [Plan]. It fills the windows of
// the programmes, occurrence by occurrence, with whole items, those first that
// are furthest behind what is owed and then those longest not heard, and says
// for every obligation and station how much is promised and why not more.
//
// Planned again later, with the airings in between as [Input.Kept], what fits
// its windows is placed as before and keeps its names.
package plan
