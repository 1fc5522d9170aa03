package text

import (
	"slices"
	"strings"

	"samband/store"
)

// Section is one section of the run book: the codes that mean the same to whoever has to act. The first names its
// texts.
type Section []store.Code

// Chapter is a part of the run book.
type Chapter struct {
	Name     string
	Sections []Section
}

// RunBook is what to do about each code that an operator can meet.
var RunBook = []Chapter{
	{"gate", []Section{
		{"gate.no_approval", "gate.not_approved", "run.approval_revoked"},
		{"gate.approval_expired"},
		{"gate.condition_overdue", "gate.condition_near"},
		{"gate.scope_not_covered"},
		{"gate.basis_changed"},
		{"gate.changed_since_submit"},
		{"gate.scope_broken", "scope.broken"},
		{"gate.no_ros", "gate.no_ld"},
		{"gate.ros_not_accepted", "gate.ros_rejected", "gate.ros_withdrawn", "gate.ld_not_approved"},
		{"gate.ros_expired", "gate.ld_expired"},
		{"gate.field_not_covered"},
		{"gate.demo"},
		{"gate.state"},
		{"gate.moved", "run.move_undone"},
		{"gate.registry_basis", "gate.registry_lapsed"},
		{"gate.registry_ended"},
		{"gate.consent_rule", "gate.consent_connection"},
		{"gate.too_sensitive"},
		{"gate.connector_highest", "gate.connector_route"},
		{"gate.route", "gate.route_reason", "gate.exemption_ends"},
		{"gate.identity_apart", "gate.identity_joined"},
		{"gate.system_ended", "gate.phasing_out", "gate.phasing_out_until", "gate.phasing_out_new"},
		{"gate.incomplete", "gate.no_connector", "gate.no_connection", "gate.no_mapping", "connection.kind"},
		{"gate.mapping_invalid"},
		{"gate.mismatch"},
	}},
	{"held", []Section{
		{"hold.quarantined", "would.quarantined"},
		{"hold.volume", "hold.empty", "would.volume", "would.empty"},
		{"hold.columns", "would.columns"},
		{"hold.types", "hold.codes", "would.types", "would.codes"},
		{"run.newer_loaded", "backfill.newer", "run.deciding", "run.decided"},
	}},
	{"reident", []Section{
		{"reident.used", "reident.expired", "reident.not_open", "reident.not_yours", "reident.token", "reident.clock", "reident.lapsed",
			"reident.transition"},
		{"reident.no_right", "reident.four_eyes", "reident.same_role", "reident.approver_gone", "reident.registry_ended"},
		{"reident.too_many", "reident.too_many_breaks"},
	}},
	{"consent", []Section{
		{"consent.held_fall", "consent.held_empty", "consent.held_turn", "consent.list_held"},
		{"consent.list_old", "consent.list_missing"},
		{"consent.file", "consent.file_checksum", "consent.file_line", "consent.file_rows", "consent.page", "consent.mismatch", "consent.not_yours", "consent.report"},
		{"consent.changed"},
		{"consent.shut_out"},
		{"consent.open", "consent.read", "consent.write"},
	}},
	{"delivery", []Section{
		{"delivery.nothing", "delivery.waiting"},
		{"delivery.checksum", "delivery.row_count", "delivery.control", "delivery.no_bytes", "delivery.broken", "delivery.bomb", "delivery.changed", "delivery.gone"},
		{"delivery.column_missing", "delivery.column_twice", "delivery.columns_unknown"},
		{"delivery.column_unclassed"},
		{"delivery.person_numbers"},
		{"csv.not_text", "csv.utf16", "csv.line_ends", "csv.empty", "csv.header_empty", "csv.header_unnamed", "csv.header_duplicate", "csv.header_quote", "csv.header_too_long"},
		{"files.folder", "files.read_only", "files.write", "files.dataset", "files.input", "connection.relative", "connection.own_folder"},
		{"delivery.seal", "delivery.key", "delivery.sealed_broken", "delivery.not_kept", "spool.write"},
		{"sample.seal"}, {"source.no_header"},
	}},
	{"source", []Section{
		{"http.refused", "http.name", "http.away", "http.timeout", "http.stalled", "http.status", "http.busy", "http.content_type", "http.cut", "http.broken"},
		{"http.denied", "http.rejected", "http.redirect", "http.tls", "http.too_large", "http.allow", "http.not_allowed", "http.address"},
		{"pages.loop", "pages.many", "pages.width"},
	}},
	{"run", []Section{
		{"run.failed", "internal"},
		{"run.interrupted", "run.lost", "run.worker_lost", "run.busy"},
		{"run.lost_often"},
		{"run.unbalanced"},
		{"run.scope_changed"},
		{"run.cancelled"},
		{"backfill.stopped", "backfill.content"},
		{"undo.built_on", "undo.nothing", "undo.sent"},
		{"run.unanswered", "outgoing.unanswered", "reconcile.running", "reconcile.nothing", "reconcile.no_answer"},
		{"run.not_arrived"},
		{"outgoing.no_variable"},
		{"outgoing.no_from", "outgoing.no_rows"},
		{"run.timeout"}, {"run.circuit"},
		{"run.overlap", "slot.overlap", "slot.waited"},
		{"slot.down", "slot.too_old", "slot.superseded", "slot.over_limit"},
		{"slot.paused"},
		{"slot.calendar"},
		{"doctor.slots"},
		{"doctor.planner_behind"}, {"doctor.planner_ahead"},
	}},
	{"store", []Section{
		{"db.busy", "db.away", "db.failed"},
		{"db.full", "doctor.space"},
		{"db.damaged", "image.damaged", "image.read"},
		{"db.open"},
		{"db.pooler", "db.connections"},
		{"db.newer_schema", "registry.newer_schema"},
		{"registry.open", "registry.read", "registry.write"},
		{"registry.key_changed", "registry.type_changed"},
		{"registry.loaded_already"},
		{"registry.too_wide"},
		{"registry.commit_unknown"},
		{"dbmove.on_server", "dbmove.running"},
		{"dbmove.incomplete", "dbmove.differs", "dbmove.not_empty"},
		{"dbmove.moved", "dbmove.files", "dbmove.note"},
		{"vault.open", "vault.read", "vault.write"},
		{"vault.sealed"},
		{"vault.wrong_key", "vault.key_version", "key.missing", "key.broken", "key.other"},
		{"vault.key_in_use", "key.environment", "key.quarantine", "key.unknown", "key.no_request", "key.same_person", "key.old"},
		{"key.does_not_rotate"},
		{"person.both_known", "person.line", "person.too_many"},
		{"dump.no_person", "dump.write"},
	}},
	{"channel", []Section{
		{"packets.half_confirmed", "packets.not_confirmed", "packets.refused"},
		{"packets.same_way", "packets.same_secret", "packets.recipient", "packets.same_recipient", "packets.fields"},
		{"channel.address", "channel.host_key_form", "channel.secret"},
		{"channel.away", "channel.write", "channel.read", "channel.cut"},
		{"channel.host_key", "channel.login"},
		{"channel.receipt", "channel.receipts_unlike", "channel.other_content", "channel.file"},
	}},
	{"packets", []Section{
		{"packet.signature"},
		{"packet.hash", "packet.damaged", "packet.truncated"},
		{"packet.expired"},
		{"packet.replayed"},
		{"packet.other_run", "packet.other_half"},
		{"packet.wrong_recipient"},
		{"packet.orphan", "packet.twice"},
		{"packet.keys", "packet.keys_exist", "packet.denied"},
		{"packet.version", "packet.form"},
		{"packet.ledger", "packet.ledger_busy", "packet.scratch", "packet.read"},
		{"packet.write", "packet.key", "packet.half", "packet.uneven"},
	}},
	{"install", []Section{
		{"notify.smtp_unreachable", "notify.smtp_later", "notify.smtp_tls", "notify.smtp_auth", "notify.smtp_setting", "notify.smtp_off"},
		{"notify.smtp_rejected", "notify.no_address"},
		{"notify.webhook_unreachable", "notify.webhook_status", "notify.webhook_redirect", "notify.webhook_inside", "notify.webhook_off", "secret.sealed"},
		{"key.readable", "key.write"},
		{"datadir.open", "datadir.none"},
		{"datadir.owned", "datadir.socket", "command.handover"},
		{"queue.open", "queue.enqueue", "queue.depth"},
		{"expiry.soon", "expiry.past"},
		{"serve.no_login"},
		{"serve.listen"},
		{"serve.persons"},
		{"serve.networks"},
		{"serve.login_address", "serve.login_client", "serve.login_idle", "serve.login_issuer", "serve.login_roles", "serve.login_secret", "serve.login_secret_ends",
			"serve.login_wide", "serve.proxy"},
		{"audit.encode"},
	}},
	{"backup", []Section{
		{"backup.none", "backup.old", "backup.no_key", "backup.keys_not_copied", "key.copy_other"},
		{"backup.write", "backup.read", "backup.together", "backup.running"},
		{"backup.postgres"},
		{"backup.broken", "backup.signature", "backup.key", "backup.format", "backup.not_set", "backup.set_broken", "backup.gone"},
		{"datadir.restoring", "datadir.not_empty"},
		{"mark.behind", "mark.ahead", "mark.restored", "mark.broken"},
		{"mark.folder", "witness.same_folder"},
		{"mark.tombstones"},
		{"db.keep"},
	}},
	{"login", []Section{
		{"auth.provider_away"},
		{"auth.answer", "auth.weak"},
		{"auth.logout_token", "session.replayed"},
		{"auth.emergency_code", "auth.emergency_wait", "emergency.used"},
	}},
	{"audit", []Section{
		{"audit.behind", "audit.diverged"},
		{"audit.found"},
		{"audit.damaged"},
		{"audit.no_outside", "audit.folder", "audit.folder_busy"},
		{"audit.signature", "audit.checkpoint", "audit.key", "audit.proof", "audit.sign", "audit.other_key"},
		{"evidence.log"},
		{"evidence.write", "evidence.read"},
		{"audit.short", "audit.tree"},
	}},
}

// Title gives the name of the chapter.
func (c Chapter) Title(lang Lang) string { return T(lang, "runbook.chapter."+c.Name) }

// Meaning says what happened, and what it means for the data.
func (s Section) Meaning(lang Lang) string { return T(lang, "runbook."+string(s[0])+".meaning") }

// Steps says what to do, in order.
func (s Section) Steps(lang Lang) []string {
	return strings.Split(T(lang, "runbook."+string(s[0])+".do"), "\n")
}

// InRunBook tells whether the run book has a section about a code.
func InRunBook(code store.Code) bool {
	return slices.ContainsFunc(RunBook, func(c Chapter) bool {
		return slices.ContainsFunc(c.Sections, func(s Section) bool { return slices.Contains(s, code) })
	})
}

// SearchRunBook gives the chapters with the sections that have all words of a search: in their codes, in what they say, or in
// the message that a code is met with. Without words it is the whole book.
func SearchRunBook(lang Lang, words string) []Chapter {
	wanted := strings.Fields(strings.ToLower(words))
	var found []Chapter
	for _, ch := range RunBook {
		hit := Chapter{Name: ch.Name}
		for _, s := range ch.Sections {
			said := []string{s.Meaning(lang), strings.Join(s.Steps(lang), " ")}
			for _, code := range s {
				said = append(said, string(code))
				if key := "error." + string(code); Has(key) {
					said = append(said, T(lang, key))
				}
			}
			all := strings.ToLower(strings.Join(said, " "))
			if !slices.ContainsFunc(wanted, func(w string) bool { return !strings.Contains(all, w) }) {
				hit.Sections = append(hit.Sections, s)
			}
		}
		if len(hit.Sections) > 0 {
			found = append(found, hit)
		}
	}
	return found
}

// runbookChapters names the chapters.
var runbookChapters = Catalogue{
	"runbook.chapter.gate":     {NB: "Kjøringen ble avvist", NN: "Køyringa vart avvist", EN: "The run was refused"},
	"runbook.chapter.held":     {NB: "Kjøringen venter på en avgjørelse", NN: "Køyringa ventar på ei avgjerd", EN: "The run waits for a decision"},
	"runbook.chapter.delivery": {NB: "Noe er galt med leveransen", NN: "Noko er gale med leveransen", EN: "Something is wrong with the delivery"},
	"runbook.chapter.run":      {NB: "Kjøringen feilet eller startet ikke", NN: "Køyringa feila eller starta ikkje", EN: "The run failed or did not start"},
	"runbook.chapter.store": {
		NB: "Databasen, registeret eller hvelvet",
		NN: "Databasen, registeret eller kvelvet",
		EN: "The database, the registry or the vault",
	},
	"runbook.chapter.install": {
		NB: "Portalen starter ikke eller har problemer",
		NN: "Portalen startar ikkje eller har problem",
		EN: "The portal does not start or has problems",
	},
}
