package vault

import (
	"encoding/binary"

	"samband/store"
)

// cache finds the pseudonym of persons seen before in memory that does not grow: an array of sets of ways entries, one
// set per index. When a set is full its oldest entry gives way, and from then on a miss in that set asks the vault.
type cache struct {
	sets []set
	mask uint32
}

const ways = 8

type set struct {
	entries [ways]entry
	next    uint32
	used    uint16
	evicted bool
}

// entry is one person.
type entry struct {
	index     Index
	tag       int64
	seen      uint64 // greatest version of a row of this run with the tag, see VersionKey; 0 when none was seen
	pseudonym store.Pseudonym
}

// maxSets bounds the cache to about 50 MB and a million persons.
const maxSets = 1 << 17

// newCache makes room for about so many persons; for as many as the bound allows when persons is 0.
func newCache(persons int64) *cache {
	n := maxSets
	if persons > 0 {
		// Sets fill unevenly: at two thirds full on average hardly any overflows.
		for n > 64 && int64(n/2)*ways*2/3 >= persons {
			n /= 2
		}
	}
	return &cache{sets: make([]set, n), mask: uint32(n - 1)}
}

func (c *cache) set(i *Index) *set { return &c.sets[binary.LittleEndian.Uint32(i[:])&c.mask] }

func (c *cache) find(i *Index) *entry {
	s := c.set(i)
	for k := range s.used {
		if s.entries[k].index == *i {
			return &s.entries[k]
		}
	}
	return nil
}

// forgot tells whether a person that find does not know may have been here.
func (c *cache) forgot(i *Index) bool { return c.set(i).evicted }

// add puts a person in who isn't there, and gives the one who had to leave; of seen 0 when there was room.
func (c *cache) add(e entry) (in *entry, out entry) {
	s := c.set(&e.index)
	if s.used < ways {
		s.used++
		in = &s.entries[s.used-1]
	} else {
		in = &s.entries[s.next]
		s.next = (s.next + 1) % ways
		s.evicted = true
	}
	out, *in = *in, e
	return in, out
}

// offer puts a person in who isn't there, if there is room.
func (c *cache) offer(e entry) {
	if s := c.set(&e.index); s.used == ways {
		s.evicted = true
		return
	}
	c.add(e)
}
