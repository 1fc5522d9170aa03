// Package packets is a destination that gets identity and health apart: an identity packet by one way and a health packet
// by another, to different keys, and a manifest that lets the receiver's joiner, and nobody on the way, bring them
// together (package jobs/privacy/packet has the form). `samband receive` takes in what comes.
//
// A run makes one pair. It is made whole, encrypted, in a folder of the installation before anything leaves, and the same
// files are handed over however often that must be tried: what has been handed over is known by name and content. Before
// the pair is whole a new attempt makes it anew, with the same link ids. The manifest goes last, and the health channel
// carries it: until it is there nobody can join anything.
//
// The run's records are taken when the receiver has confirmed both halves. Where it has confirmed one, or none, nobody
// knows: the run is tried again, and in the end a person reconciles it.
package packets
