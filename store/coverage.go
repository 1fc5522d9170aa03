package store

import "slices"

// Coverage is what a ROS or an LD speaks of. A field is moved lawfully only when a ROS and an LD both cover it: by the
// method, which stands for one system and one way of reaching it (contracts/register-solutions.md section 4 rule 1),
// and by the field's class or its name.
type Coverage struct {
	Methods []string     `yaml:"methods,omitempty" json:"methods,omitempty"` // ids of methods
	Classes []FieldClass `yaml:"classes,omitempty" json:"classes,omitempty"` // every field of these classes
	Fields  []string     `yaml:"fields,omitempty" json:"fields,omitempty"`   // fields named one by one, of any class
	// Identity is how identity may leave the house by what it speaks of.
	Identity Leaving `yaml:"identity,omitempty" json:"identity,omitempty"`
}

func (c *Coverage) validate(bad *FieldErrors) {
	for _, class := range c.Classes {
		if !class.Valid() {
			bad.Add("coverage_classes", "field.choice", nil)
		}
	}
	if !slices.Contains(Leavings, c.Identity) {
		bad.Add("coverage_identity", "field.choice", nil)
	}
}
