// Package ds holds the components that pages are made of: Designsystemet's classes where it has them, ours (see
// static/css) where it has none. Components take plain structs with texts that are already in the reader's language;
// the package knows no words, no rights and no data.
//
// The rules that hold for all of them:
//
//   - Everything works without script. Scripts only shorten the way.
//   - State is an icon and a word (Status); colour helps. Tone names the colour.
//   - A field's description and error are tied to it by aria-describedby; an error summary links to the fields.
//   - No inline style, no inline script, no raw HTML.
//   - A component with a body takes it as templ children: @ds.Sheet(ds.SheetProps{…}) { … }.
//
// Small classes that need no component: "muted", "small", "num" (a column of numbers), "tnum", "code", "nowrap",
// "big", "row", "stack", "cols cols--2|--3|--side|--even", "form", "form__row", "form__actions", "filter", "narrow".
//
// Package views/guide shows every component on one page.
package ds
