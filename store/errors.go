package store

import (
	"errors"
	"fmt"
)

// Class says what kind of failure an Error is; the edges translate it (web to a status, the shell to an exit code).
type Class uint8

const (
	Internal    Class = iota // a fault of ours; details are logged, never shown
	Invalid                  // the input breaks a rule; Field names where
	NotFound                 // no such thing, or not for this person to know
	Forbidden                // the person lacks the right
	Conflict                 // somebody was first, or the state machine has no such transition
	Refused                  // a rule of the hospital says no: approval, routing, phase-out
	Unavailable              // an outside system or a resource is not there now; trying later can help
)

// Code is the machine name of a message, "area.what" in lower case. Package text turns a code and its arguments into
// a sentence in the reader's language, and the run book has a section for each code that an operator can meet.
type Code string

// Error is the one error type that crosses packages. Err, when set, is the internal cause: it is logged and never
// shown. Field names the form field, column or path the error belongs to.
type Error struct {
	Class Class
	Code  Code
	Args  Args
	Field string
	Err   error
}

// E makes an Error.
func E(class Class, code Code, args Args) *Error { return &Error{Class: class, Code: code, Args: args} }

// FieldError makes an Invalid error that belongs to a field.
func FieldError(field string, code Code, args Args) *Error {
	return &Error{Class: Invalid, Code: code, Args: args, Field: field}
}

// Wrap gives err a code. It returns nil for a nil err and leaves an *Error as it is.
func Wrap(err error, class Class, code Code, args Args) error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return err
	}
	return &Error{Class: class, Code: code, Args: args, Err: err}
}

// Error gives the text for logs: the code, the field and the cause.
func (e *Error) Error() string {
	s := string(e.Code)
	if e.Field != "" {
		s += " (" + e.Field + ")"
	}
	if e.Err != nil {
		s += fmt.Sprintf(": %v", e.Err)
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// ClassOf gives the class of err; an error that is not ours is Internal.
func ClassOf(err error) Class {
	var e *Error
	if errors.As(err, &e) {
		return e.Class
	}
	return Internal
}

// CodeOf gives the code of err, "internal" for an error that is not ours and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return "internal"
}

// FieldErrors collects what is wrong with one form or one document. A nil or empty value means nothing is.
type FieldErrors []*Error

// Add appends an Invalid error for field.
func (f *FieldErrors) Add(field string, code Code, args Args) {
	*f = append(*f, FieldError(field, code, args))
}

// under appends the errors of a part, whose fields are named below at.
func (f *FieldErrors) under(at string, part error) {
	var fields FieldErrors
	errors.As(part, &fields)
	for _, e := range fields {
		f.Add(at+"."+e.Field, e.Code, e.Args)
	}
}

// Of gives the first error of a field, or nil.
func (f FieldErrors) Of(field string) *Error {
	for _, e := range f {
		if e.Field == field {
			return e
		}
	}
	return nil
}

// Unwrap gives the errors one by one, so that the class and the code of a FieldErrors are those of its first.
func (f FieldErrors) Unwrap() []error {
	errs := make([]error, len(f))
	for i, e := range f {
		errs[i] = e
	}
	return errs
}

// Error lists the codes, for logs.
func (f FieldErrors) Error() string {
	s := "invalid input"
	for _, e := range f {
		s += "; " + e.Error()
	}
	return s
}

// OrNil gives f as an error, or nil when it is empty.
func (f FieldErrors) OrNil() error {
	if len(f) == 0 {
		return nil
	}
	return f
}
