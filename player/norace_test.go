//go:build !race

package player_test

// raceDetector says that every frame costs ten times as much.
const raceDetector = false
