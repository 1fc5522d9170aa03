// Package canary makes up persons each of whose properties stands nowhere else, and finds these in whatever a portal
// leaves: see Scanner. Only tests import it. Persons are synthetic: their numbers have the month plus 80.
package canary

import (
	"fmt"
	"time"

	"samband/store"
)

// Person is a made-up person. Every value is the person's own, but for the digits that Typo shares with Number.
type Person struct {
	Number, Given, Family, Phone, Email, Address string
	// Typo is the number with its last digit mistyped: no person number, and yet a person can be found by it.
	Typo string
	Born time.Time
}

// Persons makes n persons, always the same.
func Persons(n int) []Person {
	const days = 18_000
	from := time.Date(1941, 5, 2, 12, 0, 0, 0, time.UTC)
	list := make([]Person, n)
	next := map[int]int{} // by day of birth: the individual number to try next
	for i := range list {
		day := i * 7919 % days
		p := &list[i]
		p.Born = from.AddDate(0, 0, day)
		for p.Number == "" {
			if number, ok := store.SyntheticNumber(store.DateOf(p.Born), next[day]); ok {
				p.Number = number.Reveal()
			}
			next[day]++
		}
		p.Typo = p.Number[:10] + string('0'+(p.Number[10]-'0'+7)%10)
		t := tag(i)
		p.Given, p.Family = "Zqvig"+t, "Zqvof"+t
		p.Phone = fmt.Sprintf("58%06d", i*97%1_000_000)
		p.Email = "zqvem" + t + "@eksempel.invalid"
		p.Address = fmt.Sprintf("Zqvav%s vei %d B", t, 1+i%90)
	}
	return list
}

// Values gives what stands for the persons: what a scanner looks for.
func Values(persons []Person) []Value {
	var all []Value
	for i, p := range persons {
		for _, v := range []Value{{i, "number", p.Number}, {i, "mistyped number", p.Typo}, {i, "given name", p.Given},
			{i, "family name", p.Family}, {i, "phone", p.Phone}, {i, "e-mail", p.Email[:len("zqvem")+letters]},
			{i, "address", p.Address[:len("Zqvav")+letters]}} {
			all = append(all, v)
		}
	}
	return all
}

const letters = 6

// tag writes a number in letters: four that tell it and two that check them, so that chance makes none.
func tag(i int) string {
	b := make([]byte, letters)
	n, sum := i, i*31+7
	for k := range b {
		if k == 4 {
			n = sum
		}
		b[k] = byte('a' + n%26)
		n /= 26
	}
	return string(b)
}
