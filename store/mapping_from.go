package store

// Fields gives what a registry holds by the codebook as the fields of a source: all variables but those that the registry
// works out itself, which nothing is stored of.
func (c *Codebook) Fields() []Field {
	var fields []Field
	for i := range c.Variables {
		if v := &c.Variables[i]; !v.Computed {
			fields = append(fields, Field{Name: v.Name, Class: v.Class, Label: v.Label})
		}
	}
	return fields
}

// ReadFrom lets the mapping read what the registry holds by a codebook. A field that was among its fields before keeps what
// people said of it; rules that read one that is gone are left as they are, and Validate tells of them.
func (m *Mapping) ReadFrom(c *Codebook) {
	fields := c.Fields()
	for i := range fields {
		if was := m.Field(fields[i].Name); was != nil && was.Class != Direct && m.From == c.ID {
			fields[i] = *was
		}
	}
	m.From, m.Source = c.ID, fields
}
