package store

import (
	"testing"

	"pgregory.net/rapid"
)

// one is a registry of one key, as registrydb carries ResolveRow out.
type one struct {
	now, before *Version
	mine        bool
	same        int // rows identical to before
	counts      Counts
}

func (o *one) put(v Version) {
	if o.now == nil {
		o.now, o.mine = &v, true
		o.counts.Loaded++
		return
	}
	h := Held{Version: *o.now, Mine: o.mine}
	if o.mine && o.before != nil {
		h.Before, h.HadBefore = o.before.Hash, true
	}
	switch ResolveRow(v, h) {
	case Unchanged:
		o.same++
		o.counts.Unchanged++
	case Merged:
		o.counts.Merged++
	case Replaces:
		o.before, o.now, o.mine = o.now, &v, true
		o.counts.Loaded++
	case Supersedes:
		o.now = &v
		o.counts.Merged++
	}
}

func (o *one) end() {
	if o.mine && o.before != nil && o.same > 0 && Contested(*o.now, *o.before) {
		o.now = o.before
		o.counts.Loaded--
		o.counts.Merged++
	}
}

func at(n int64, hash int64) Version { return Version{Latest: IntValue(n), Hash: hash} }
func bare(hash int64) Version        { return Version{Hash: hash} }

func TestResolve(t *testing.T) {
	for name, c := range map[string]struct {
		before *Version
		rows   []Version
		want   Version
		counts Counts // loaded, unchanged, merged
	}{
		"new":                          {nil, []Version{at(1, 5)}, at(1, 5), Counts{Loaded: 1}},
		"older after newer":            {nil, []Version{at(2, 5), at(1, 9)}, at(2, 5), Counts{Loaded: 1, Merged: 1}},
		"newer after older":            {nil, []Version{at(1, 9), at(2, 5)}, at(2, 5), Counts{Loaded: 1, Merged: 1}},
		"identical double":             {nil, []Version{at(1, 5), at(1, 5)}, at(1, 5), Counts{Loaded: 1, Merged: 1}},
		"tie goes by hash":             {nil, []Version{at(1, 7), at(1, 5)}, at(1, 7), Counts{Loaded: 1, Merged: 1}},
		"same again":                   {&Version{Latest: IntValue(1), Hash: 5}, []Version{at(1, 5)}, at(1, 5), Counts{Unchanged: 1}},
		"older than held":              {&Version{Latest: IntValue(2), Hash: 5}, []Version{at(1, 6)}, at(2, 5), Counts{Merged: 1}},
		"held beaten by A, then by B":  {&Version{Latest: IntValue(1), Hash: 5}, []Version{at(2, 6), at(3, 7)}, at(3, 7), Counts{Loaded: 1, Merged: 1}},
		"held beaten by B, A too late": {&Version{Latest: IntValue(1), Hash: 5}, []Version{at(3, 7), at(2, 6)}, at(3, 7), Counts{Loaded: 1, Merged: 1}},
		"same content, then newer":     {&Version{Latest: IntValue(1), Hash: 5}, []Version{at(1, 5), at(2, 6)}, at(2, 6), Counts{Loaded: 1, Unchanged: 1}},
		"newer, then same content":     {&Version{Latest: IntValue(1), Hash: 5}, []Version{at(2, 6), at(1, 5)}, at(2, 6), Counts{Loaded: 1, Unchanged: 1}},
		"corrected, version unchanged": {&Version{Latest: IntValue(1), Hash: 5}, []Version{at(1, 3)}, at(1, 3), Counts{Loaded: 1}},
		"no version, later wins":       {&Version{Hash: 9}, []Version{bare(3)}, bare(3), Counts{Loaded: 1}},
		"the same two again":           {&Version{Hash: 9}, []Version{bare(9), bare(3)}, bare(9), Counts{Unchanged: 1, Merged: 1}},
		"the same two, turned":         {&Version{Hash: 9}, []Version{bare(3), bare(9)}, bare(9), Counts{Unchanged: 1, Merged: 1}},
		"a null is older":              {&Version{Latest: IntValue(1), Hash: 5}, []Version{bare(7)}, at(1, 5), Counts{Merged: 1}},
	} {
		o := one{now: c.before}
		for _, v := range c.rows {
			o.put(v)
		}
		o.end()
		if *o.now != c.want || o.counts != c.counts {
			t.Errorf("%s: %v %+v, want %v %+v", name, *o.now, o.counts, c.want, c.counts)
		}
	}
}

// settle is the rule as it reads: the newest row of the run, and that against what was held.
func settle(before *Version, rows []Version) (Version, Counts) {
	best := rows[0]
	for _, v := range rows {
		if v.Newer(best) {
			best = v
		}
	}
	var c Counts
	for _, v := range rows {
		if before != nil && v.Hash == before.Hash {
			c.Unchanged++
		}
	}
	now := best
	if before != nil && (best.compare(*before) < 0 || best.Hash == before.Hash) {
		now = *before
	} else {
		c.Loaded = 1
	}
	c.Merged = int64(len(rows)) - c.Loaded - c.Unchanged
	return now, c
}

// The end state and the counts are those of the rule, whatever the order, through several runs.
func TestResolveIsOrderFree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		versioned := rapid.Bool().Draw(t, "versioned")
		row := rapid.Custom(func(t *rapid.T) Version {
			// The version is part of the content, so a hash belongs to one version.
			h := rapid.Int64Range(0, 11).Draw(t, "hash")
			if versioned {
				return at(h%3, h*7919%12)
			}
			return bare(h)
		})
		var held *Version
		for range rapid.IntRange(1, 4).Draw(t, "runs") {
			rows := rapid.SliceOfN(row, 1, 6).Draw(t, "rows")
			want, counts := settle(held, rows)
			for range 3 {
				o := one{now: held}
				for _, v := range rapid.Permutation(rows).Draw(t, "order") {
					o.put(v)
				}
				o.end()
				if *o.now != want || o.counts != counts {
					t.Fatalf("%v over %v: %v %+v, want %v %+v", rows, held, *o.now, o.counts, want, counts)
				}
			}
			held = &want
		}
	})
}
