package jobs

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"samband/store"
)

// NewVersion says how files of definitions become the next version of a registry's codebook.
type NewVersion struct {
	RegistryID string
	ID         string   // of the codebook; may be empty when the registry has one or none
	Forms      []string // those to keep; all when empty
	Key        []string // instead of the one that is there or is proposed, unless empty
	Message    string
	Accept     bool // publish also what breaks something
}

// VersionMade is what came of it. Before is the version that stood, nil when there was none.
type VersionMade struct {
	Codebook  *store.Codebook
	Before    *store.Codebook
	Defects   []store.Defect
	Effects   []store.BookEffect
	Published bool // false when it is the same as Before, or breaks what nobody accepted
}

// Breaks counts the integrations that the version breaks.
func (v *VersionMade) Breaks() int {
	n := 0
	for i := range v.Effects {
		if v.Effects[i].Breaks() {
			n++
		}
	}
	return n
}

// PublishCodebook makes the next version of a codebook of files, as the page of a draft does: over what people decided
// before, and only when nothing breaks or that is accepted. What breaks is in the answer, whether it is published or not.
func (j *Jobs) PublishCodebook(ctx context.Context, d *store.Dictionary, files []store.SentFile, n NewVersion, by store.Actor) (*VersionMade, error) {
	if _, err := j.DB.Registry(ctx, n.RegistryID); err != nil {
		return nil, err
	}
	id, err := j.codebookID(ctx, n)
	if err != nil {
		return nil, err
	}
	made := &VersionMade{}
	if made.Before, err = found(j.DB.Codebook(ctx, id, 0)); err != nil {
		return nil, err
	}
	before := &store.Codebook{ID: id, RegistryID: n.RegistryID}
	if made.Before != nil {
		if before = made.Before; before.RegistryID != n.RegistryID {
			return nil, store.FieldError("id", "codebook.other_registry", store.Args{"registry": before.RegistryID})
		}
	}
	c, defects := d.Codebook(before)
	made.Codebook, made.Defects = c, defects
	if err := chooseForms(c, n.Forms); err != nil {
		return nil, err
	}
	if len(n.Key) > 0 {
		c.Key = fileKey(c, n.Key)
	}
	if len(c.Key) == 0 {
		return nil, store.FieldError("key", "codebook.choose_key", store.Args{"names": keyCandidates(c)})
	}
	if made.Before != nil && len(c.Diff(made.Before)) == 0 {
		made.Codebook = made.Before
		return made, nil
	}
	if store.ScanWritten(n.Message) > 0 { // it is kept with the version and shown to others
		return nil, store.FieldError("message", "form.person_number", nil)
	}
	c.Version, c.Source = before.Version+1, store.SourceOf(d, files)
	c.Message = cmp.Or(n.Message, strings.TrimSpace(c.Source.Files[0].Name+" "+d.Version))
	if err := c.Validate(); err != nil {
		return nil, err
	}
	if made.Effects, err = j.CodebookEffect(ctx, c); err != nil {
		return nil, err
	}
	if made.Breaks() > 0 && !n.Accept {
		return made, nil
	}
	if err := j.DB.SaveCodebook(ctx, c, by); err != nil {
		return nil, err
	}
	made.Published = true
	return made, nil
}

// codebookID finds which codebook of the registry is meant.
func (j *Jobs) codebookID(ctx context.Context, n NewVersion) (string, error) {
	if n.ID != "" {
		return n.ID, nil
	}
	books, err := j.DB.Codebooks(ctx, n.RegistryID)
	if err != nil {
		return "", err
	}
	switch len(books) {
	case 0:
		return n.RegistryID, nil
	case 1:
		return books[0].ID, nil
	}
	ids := make([]string, len(books))
	for i := range books {
		ids[i] = books[i].ID
	}
	return "", store.FieldError("id", "codebook.which", store.Args{"registry": n.RegistryID, "ids": ids})
}

// chooseForms keeps the variables of some forms; each must be there.
func chooseForms(c *store.Codebook, forms []string) error {
	if len(forms) == 0 {
		return nil
	}
	var bad store.FieldErrors
	for _, f := range forms {
		if !slices.ContainsFunc(c.Variables, func(v store.Variable) bool { return v.Form == f }) {
			bad.Add("form", "codebook.no_form", store.Args{"form": f})
		}
	}
	c.Variables = slices.DeleteFunc(c.Variables, func(v store.Variable) bool { return !slices.Contains(forms, v.Form) })
	c.Key = slices.DeleteFunc(c.Key, func(k string) bool { return c.Variable(k) == nil })
	return bad.OrNil()
}

// fileKey gives the variables that the names of a key mean: those of the codebook, or what the files call them where
// only one variable is called so.
func fileKey(c *store.Codebook, names []string) []string {
	key := slices.Clone(names)
	for i, name := range names {
		if c.Variable(name) != nil {
			continue
		}
		var meant []string
		for n := range c.Variables {
			if v := &c.Variables[n]; v.FileName() == name {
				meant = append(meant, v.Name)
			}
		}
		if len(meant) == 1 {
			key[i] = meant[0]
		}
	}
	return key
}

// keyCandidates lists variables that may name a row: those that must be filled in or are technical, before any others.
func keyCandidates(c *store.Codebook) []string {
	var likely, others []string
	for i := range c.Variables {
		switch v := &c.Variables[i]; {
		case v.Computed:
		case v.Required || v.Class == store.Technical:
			likely = append(likely, v.Name)
		default:
			others = append(others, v.Name)
		}
	}
	if len(likely) == 0 {
		likely = others
	}
	return likely[:min(len(likely), 10)]
}
