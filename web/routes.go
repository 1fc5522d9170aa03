package web

import (
	"samband/static"
	"samband/store"
)

// routes is everything that can be asked of the portal. A line is: address, the right it needs, where that right must
// hold (portal, somewhere, or in the registry of the object), the handler. Addresses are patterns of net/http.ServeMux;
// get also answers HEAD. A test holds every line against every role.
func routes() []*route {
	return []*route{
		get("/{$}", store.Public, portal, (*Server).home),

		// login and how the pages look
		get("/login", store.Public, portal, (*Server).loginPage),
		get("/login/begin", store.Public, portal, (*Server).loginBegin).limited(loginBucket()),
		get("/login/callback", store.Public, portal, (*Server).loginCallback).limited(loginBucket()),
		post("/login/demo", store.Public, portal, (*Server).loginDemo).limited(loginBucket()),
		post("/logout", store.Public, portal, (*Server).logout),
		get("/signed-out", store.Public, portal, (*Server).signedOut),
		post("/preferences", store.Public, portal, (*Server).preferences),

		// for machines
		get("/healthz", store.Public, portal, (*Server).healthz).bare(),
		get("/readyz", store.Public, portal, (*Server).readyz).bare(),
		get("/metrics", store.Public, portal, (*Server).metrics).bare(),
		get("/static/", store.Public, portal, serves(static.Handler())).bare(),
		post("/csp-report", store.Public, portal, (*Server).cspReport).bare().carries(16 << 10).limited(reportBucket()),
	}
}
