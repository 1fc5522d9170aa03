package browser

import (
	"os"
	"strings"
	"testing"
)

func TestZZ(t *testing.T) {
	b := Start(t)
	base := os.Getenv("ZZ_BASE")
	tab := b.Tab(t, Options{Width: 1440, Height: 1000})
	tab.Go(base + "/login")
	tab.Click("button[name=persona][value=" + os.Getenv("ZZ_WHO") + "]")
	tab.Wait("a[href='/registries']")
	for _, p := range strings.Fields(os.Getenv("ZZ_PAGES")) {
		name, path, _ := strings.Cut(p, "=")
		tab.Go(base + path)
		tab.Screenshot("/tmp/zz/" + name + ".png")
	}
}
