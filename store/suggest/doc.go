// Package suggest proposes which of a source's fields belong to a registry's variables, what the first rule for such a
// pair is, and which code a source's value means. It only proposes: nothing is mapped before a person says yes.
package suggest
