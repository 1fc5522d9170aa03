// Package httpx is the floor under connectors that speak HTTP: the one place where a request leaves the house. It reaches
// only what is listed, checks the address that it has connected to, follows no redirect, knows no proxy, and bounds
// everything that the other side can make long, large or slow. What goes wrong is a connector.Failure with a code that
// says so; nothing of an answer's body ever stands in an error or a log, only its length and SHA-256.
package httpx
