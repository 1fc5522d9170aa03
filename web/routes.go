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
		get("/login/emergency", store.Public, portal, (*Server).emergencyPage),
		post("/login/emergency", store.Public, portal, (*Server).loginEmergency).carries(16 << 10).limited(emergencyBucket()),
		post("/logout", store.Public, portal, (*Server).logout),
		post("/logout/backchannel", store.Public, portal, (*Server).logoutBackchannel).bare().carries(32 << 10).limited(logoutBucket()),
		get("/signed-out", store.Public, portal, (*Server).signedOut),
		post("/preferences", store.Public, portal, (*Server).preferences),

		// one's own logins, and how long they last
		get("/account", store.SignedIn, portal, (*Server).account),
		post("/account/sessions/{ref}/end", store.SignedIn, portal, (*Server).accountEnd),
		post("/account/sessions/end-others", store.SignedIn, portal, (*Server).accountEndOthers),
		get("/session", store.SignedIn, portal, (*Server).sessionEnds).polled(),
		get("/session/use", store.SignedIn, portal, (*Server).sessionEnds),
		get("/kept", store.SignedIn, portal, (*Server).keptPage),

		// the public catalogue
		get("/catalogue", store.Public, portal, (*Server).catalogue),
		get("/catalogue.csv", store.Public, portal, (*Server).catalogueCSV).bare(),
		get("/catalogue.json", store.Public, portal, (*Server).catalogueJSON).bare(),
		get("/catalogue.jsonld", store.Public, portal, (*Server).catalogueJSONLD).bare(),
		get("/catalogue.ttl", store.Public, portal, (*Server).catalogueTurtle).bare(),
		get("/solutions/{id}", store.Public, portal, (*Server).solutionShow),

		// the day, runs and schedules
		get("/today", store.SeeRegistry, somewhere, (*Server).today),
		get("/runs", store.SeeRegistry, somewhere, (*Server).runList),
		get("/runs/{no}", store.SeeRegistry, in(runRegistry), (*Server).runShow),
		post("/runs/{no}/cancel", store.StartRun, in(runRegistry), (*Server).runCancel),
		post("/runs/{no}/decide", store.DecideRun, in(runRegistry), (*Server).runDecide),
		post("/runs/{no}/undo", store.DecideRun, in(runRegistry), (*Server).runUndo),
		post("/integrations/{id}/run", store.StartRun, in(integrationRegistry), (*Server).runStart),
		get("/integrations/{id}/schedule", store.SeeRegistry, in(integrationRegistry), (*Server).scheduleShow),
		post("/integrations/{id}/schedule", store.EditSchedule, in(integrationRegistry), (*Server).scheduleEdit),
		post("/integrations/{id}/schedule/pause", store.EditSchedule, in(integrationRegistry), (*Server).schedulePause),
		post("/integrations/{id}/schedule/resume", store.EditSchedule, in(integrationRegistry), (*Server).scheduleResume),

		// registries
		get("/registries", store.SeeRegistry, somewhere, (*Server).registryList),
		get("/registries/new", store.EditRegistry, somewhere, (*Server).registryNew),
		post("/registries", store.EditRegistry, portal, (*Server).registryCreate),
		get("/registries/{id}", store.SeeRegistry, in(registryByPath), (*Server).registryShow),
		get("/registries/{id}/edit", store.EditRegistry, in(registryByPath), (*Server).registryEdit),
		post("/registries/{id}", store.EditRegistry, in(registryByPath), (*Server).registryUpdate),

		// systems, the ways to reach them, and solutions
		get("/systems", store.SeeSystems, portal, (*Server).systemList),
		get("/systems/new", store.EditSystems, portal, (*Server).systemNew),
		post("/systems", store.EditSystems, portal, (*Server).systemCreate),
		get("/systems/{id}", store.SeeSystems, portal, (*Server).systemShow),
		get("/systems/{id}/edit", store.EditSystems, portal, (*Server).systemEdit),
		post("/systems/{id}", store.EditSystems, portal, (*Server).systemUpdate),
		get("/systems/{id}/methods/new", store.EditSystems, portal, (*Server).methodNew),
		post("/systems/{id}/methods", store.EditSystems, portal, (*Server).methodCreate),
		get("/systems/{id}/methods/{method}/edit", store.EditSystems, portal, (*Server).methodEdit),
		post("/systems/{id}/methods/{method}", store.EditSystems, portal, (*Server).methodUpdate),
		get("/systems/{id}/connections/new", store.EditSystems, portal, (*Server).connectionNew),
		post("/systems/{id}/connections", store.EditSystems, portal, (*Server).connectionCreate),
		get("/systems/{id}/connections/{connection}/edit", store.EditSystems, portal, (*Server).connectionEdit),
		post("/systems/{id}/connections/{connection}", store.EditSystems, portal, (*Server).connectionUpdate),
		post("/systems/{id}/connections/{connection}/test", store.EditSystems, portal, (*Server).connectionTest),
		get("/solutions/new", store.EditSystems, portal, (*Server).solutionNew),
		post("/solutions", store.EditSystems, portal, (*Server).solutionCreate),
		get("/solutions/{id}/edit", store.EditSystems, portal, (*Server).solutionEdit),
		post("/solutions/{id}", store.EditSystems, portal, (*Server).solutionUpdate),

		// integrations
		get("/integrations", store.SeeRegistry, somewhere, (*Server).integrationList),
		get("/integrations/new", store.EditRegistry, somewhere, (*Server).integrationNew),
		post("/integrations", store.EditRegistry, somewhere, (*Server).integrationCreate),
		get("/integrations/{id}", store.SeeRegistry, in(integrationRegistry), (*Server).integrationShow),
		get("/integrations/{id}/edit", store.EditRegistry, in(integrationRegistry), (*Server).integrationEdit),
		post("/integrations/{id}", store.EditRegistry, in(integrationRegistry), (*Server).integrationUpdate),
		post("/integrations/{id}/state", store.EditRegistry, in(integrationRegistry), (*Server).integrationMove),

		// approvals, and the ROS and LD that they rest on
		get("/integrations/{id}/approval", store.SeeRegistry, in(integrationRegistry), (*Server).approvalShow),
		post("/integrations/{id}/approval", store.Submit, in(integrationRegistry), (*Server).approvalSubmit),
		get("/approvals", store.SeeRegistry, somewhere, (*Server).approvalList),
		post("/approvals/{id}/decide", store.Approve, in(approvalRegistry), (*Server).approvalDecide).fresh().calm(),
		post("/approvals/{id}/revoke", store.Approve, in(approvalRegistry), (*Server).approvalRevoke).fresh(),
		post("/approvals/{id}/conditions/{no}", store.EditRegistry, in(approvalRegistry), (*Server).conditionMeet),
		get("/ros/new", store.EditBasis, somewhere, documentNew("ros")),
		post("/ros", store.EditBasis, somewhere, documentCreate("ros")),
		get("/ros/{id}/{version}", store.SeeSystems, portal, documentShow("ros")),
		get("/ros/{id}/{version}/edit", store.EditBasis, somewhere, documentEdit("ros")),
		post("/ros/{id}/{version}", store.EditBasis, somewhere, documentUpdate("ros")),
		post("/ros/{id}/{version}/state", store.EditBasis, somewhere, documentMove("ros")),
		get("/ld/new", store.EditBasis, somewhere, documentNew("ld")),
		post("/ld", store.EditBasis, somewhere, documentCreate("ld")),
		get("/ld/{id}/{version}", store.SeeSystems, portal, documentShow("ld")),
		get("/ld/{id}/{version}/edit", store.EditBasis, somewhere, documentEdit("ld")),
		post("/ld/{id}/{version}", store.EditBasis, somewhere, documentUpdate("ld")),
		post("/ld/{id}/{version}/state", store.EditBasis, somewhere, documentMove("ld")),

		// who did what, who may do what, how the installation is
		get("/audit", store.SeeAudit, portal, (*Server).audit),
		get("/access", store.SeeAccess, portal, (*Server).access),
		post("/access/users/{id}/sessions/{ref}/end", store.GrantAccess, portal, (*Server).accessEnd),
		post("/access/users/{id}/sessions/end", store.GrantAccess, portal, (*Server).accessEndAll),
		get("/access/csv", store.SeeAccess, portal, (*Server).accessCSV),
		get("/access/mine", store.SignedIn, portal, (*Server).accessMine),
		get("/access/ask", store.SignedIn, portal, (*Server).accessAsk),
		post("/access/ask", store.SignedIn, portal, (*Server).accessAskSend),
		get("/access/requests/{id}", store.SignedIn, portal, (*Server).accessRequest),
		post("/access/requests/{id}/decide", store.GrantAccess, portal, (*Server).accessDecide).fresh().calm(),
		post("/access/requests/{id}/withdraw", store.SignedIn, portal, (*Server).accessWithdraw),
		get("/access/users/{id}", store.SeeAccess, portal, (*Server).accessUser),
		post("/access/users/{id}/block", store.GrantAccess, portal, (*Server).accessBlock),
		post("/access/users/{id}/lift", store.GrantAccess, portal, (*Server).accessLift),
		post("/access/grants/{id}/end", store.GrantAccess, portal, (*Server).accessGrantEnd),
		post("/access/grants/{id}/give-up", store.SignedIn, portal, (*Server).accessGiveUp),
		get("/access/review/{id}", store.SeeRegistry, in(reviewRegistry), (*Server).accessReview),
		post("/access/review/{id}", store.ReviewAccess, in(reviewRegistry), (*Server).accessReviewAnswer),
		get("/access/rules", store.EditSettings, portal, (*Server).accessRules),
		post("/access/rules", store.EditSettings, portal, (*Server).accessRulesEdit),
		get("/admin", store.SeeAdmin, portal, (*Server).admin),
		get("/docs", store.SignedIn, portal, (*Server).docsIndex),
		get("/docs/runbook", store.SignedIn, portal, (*Server).docsRunBook),

		// mappings, codebooks, held-back rows and quality
		get("/integrations/{id}/mapping", store.SeeRegistry, in(integrationRegistry), (*Server).mappingShow),
		post("/integrations/{id}/mapping/save-draft", store.EditMapping, in(integrationRegistry), (*Server).mappingSave),
		post("/integrations/{id}/mapping/discard-draft", store.EditMapping, in(integrationRegistry), (*Server).mappingDiscard),
		post("/integrations/{id}/mapping/keep-draft", store.EditMapping, in(integrationRegistry), (*Server).mappingKeep),
		post("/integrations/{id}/mapping/restore-version", store.EditMapping, in(integrationRegistry), (*Server).mappingRestore),
		post("/integrations/{id}/mapping/use-version", store.EditMapping, in(integrationRegistry), (*Server).mappingUse),
		get("/integrations/{id}/mapping/compare-versions", store.SeeRegistry, in(integrationRegistry), (*Server).mappingCompare),
		get("/integrations/{id}/mapping/source-fields", store.EditMapping, in(integrationRegistry), (*Server).mappingFields),
		post("/integrations/{id}/mapping/source-fields", store.EditMapping, in(integrationRegistry), (*Server).mappingFieldsEdit),
		get("/integrations/{id}/mapping/row-checks", store.EditMapping, in(integrationRegistry), (*Server).mappingChecks),
		post("/integrations/{id}/mapping/row-checks", store.EditMapping, in(integrationRegistry), (*Server).mappingChecksEdit),
		get("/integrations/{id}/mapping/{variable}", store.SeeRegistry, in(integrationRegistry), (*Server).mappingRule),
		post("/integrations/{id}/mapping/{variable}", store.EditMapping, in(integrationRegistry), (*Server).mappingRuleEdit),
		get("/codebooks/{id}", store.SeeRegistry, in(codebookRegistry), (*Server).codebookShow),
		get("/codebooks/{id}/csv", store.SeeRegistry, in(codebookRegistry), (*Server).codebookCSV),
		get("/quarantine", store.SeeRows, somewhere, (*Server).quarantineList),
		get("/quarantine/{id}/{row}", store.SeeRows, in(registryByPath), (*Server).quarantineShow),
		post("/quarantine/{id}/{row}/dismiss", store.DecideRun, in(registryByPath), (*Server).quarantineDismiss),
		post("/quarantine/{id}/{row}/reopen", store.DecideRun, in(registryByPath), (*Server).quarantineReopen),
		get("/quality", store.SeeRegistry, somewhere, (*Server).qualityList),
		get("/quality/{id}", store.SeeRegistry, in(registryByPath), (*Server).qualityShow),
		get("/quality/{id}/csv", store.SeeRegistry, in(registryByPath), (*Server).qualityCSV),

		// for machines
		get("/healthz", store.Public, portal, (*Server).healthz).bare(),
		get("/readyz", store.Public, portal, (*Server).readyz).bare(),
		get("/metrics", store.Public, portal, (*Server).metrics).bare(),
		get("/static/", store.Public, portal, serves(static.Handler())).bare(),
		post("/csp-report", store.Public, portal, (*Server).cspReport).bare().carries(16 << 10).limited(reportBucket()),
	}
}
