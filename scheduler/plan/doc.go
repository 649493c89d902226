// Package plan turns what stations owe into the playlists they will play, with a
// reason for everything that is placed and everything that is not.
//
// It is pure: the same [Input] gives the same [Plan]. Stations that are alike in
// all that a plan depends on are planned once, as a [Group].
//
// # How a station is planned
//
// A desk lists the station's windows, its debts (obligations on their way to
// being met) and the topics that may be chosen. What people picked is placed
// first, then relays, then what was published last as far as it is still owed
// and may stand where it stood, so that a plan made again moves nothing without
// gain. Empty windows are then filled in order, and the whole is improved: a
// window is filled anew with the best choice there is while all others stay as
// they are, the windows of a day in other orders, topics are forced in, and those
// that count by the week moved to other days, until nothing of that is worth
// more or a bound on the effort is reached. Makes-good come after all that is
// owed, music into what is left.
//
// # What a plan is worth
//
// For each obligation, by its class, every airing that is owed counts 1, every
// day with one 1 more and every week with one 3 more. Of plans that are equal in
// that, the better leaves more where it stood, then airs more at the hours that
// letters wish for. A window filled for the first time prefers what is furthest
// behind and then what was not heard for longest. Against the best plans that an
// integer program finds for small worlds (exact_test.go), plans of this package
// are worth more than 0.99 of them.
//
// # What never happens
//
// Two things at once at a station; an item cut off, beyond its window, in quiet
// hours, over a cap of a rule, on a silent day or on a day its programme does
// not run; an item sooner after itself than rules or [DefaultSpacing] allow;
// anything not approved as it is, or recalled.
//
// [Explain] says of one window why what stands in it does, and why all else does
// not. [MakeGoods] proposes windows for what was missed.
package plan
