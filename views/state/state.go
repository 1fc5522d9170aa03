// Package state gives each state of the domain its icon, word and tone, the same on every page.
package state

import (
	"samband/store"
	"samband/views/ds"
	"samband/views/layout"
)

type look struct {
	tone ds.Tone
	icon ds.IconName
}

var runs = map[store.RunState]look{
	store.RunDue:       {ds.Neutral, ds.IconWaiting},
	store.RunRunning:   {ds.Info, ds.IconRunning},
	store.RunHeld:      {ds.Warning, ds.IconHeld},
	store.RunSucceeded: {ds.Success, ds.IconOK},
	store.RunRefused:   {ds.Danger, ds.IconBlocked},
	store.RunFailed:    {ds.Danger, ds.IconFailed},
	store.RunCancelled: {ds.Neutral, ds.IconSkipped},
	store.RunUnknown:   {ds.Warning, ds.IconWarning},
	store.RunMissed:    {ds.Neutral, ds.IconSkipped},
	store.RunSkipped:   {ds.Neutral, ds.IconSkipped},
}

// Run gives the look of a run's state.
func Run(c layout.Ctx, s store.RunState) ds.State {
	return ds.State{Tone: runs[s].tone, Icon: runs[s].icon, Text: c.T("state.run." + string(s))}
}

var integrations = map[store.IntegrationState]look{
	store.IntCandidate:    {ds.Neutral, ds.IconCandidate},
	store.IntInAnalysis:   {ds.Info, ds.IconWaiting},
	store.IntInAssessment: {ds.Info, ds.IconWaiting},
	store.IntApproved:     {ds.Success, ds.IconApproved},
	store.IntInOperation:  {ds.Success, ds.IconOK},
	store.IntSuspended:    {ds.Warning, ds.IconHeld},
	store.IntEnded:        {ds.Neutral, ds.IconSkipped},
}

// Integration gives the look of an integration's state.
func Integration(c layout.Ctx, s store.IntegrationState) ds.State {
	return ds.State{Tone: integrations[s].tone, Icon: integrations[s].icon, Text: c.T("state.integration." + string(s))}
}

var approvals = map[store.ApprovalState]look{
	store.AppDraft:           {ds.Neutral, ds.IconDraft},
	store.AppSubmitted:       {ds.Info, ds.IconWaiting},
	store.AppChangeRequested: {ds.Warning, ds.IconDraft},
	store.AppApproved:        {ds.Success, ds.IconApproved},
	store.AppRejected:        {ds.Danger, ds.IconFailed},
	store.AppRevoked:         {ds.Danger, ds.IconBlocked},
	store.AppExpired:         {ds.Danger, ds.IconPhasing},
	store.AppSuperseded:      {ds.Neutral, ds.IconSkipped},
}

// Approval gives the look of an approval's state.
func Approval(c layout.Ctx, s store.ApprovalState) ds.State {
	return ds.State{Tone: approvals[s].tone, Icon: approvals[s].icon, Text: c.T("approval." + string(s))}
}

var phases = map[store.Phase]look{
	store.PhaseProposed:   {ds.Neutral, ds.IconCandidate},
	store.PhaseActive:     {ds.Success, ds.IconOK},
	store.PhasePhasingOut: {ds.Warning, ds.IconPhasing},
	store.PhaseRetired:    {ds.Neutral, ds.IconSkipped},
}

// Phase gives the look of a solution's or a system's phase.
func Phase(c layout.Ctx, p store.Phase) ds.State {
	return ds.State{Tone: phases[p].tone, Icon: phases[p].icon, Text: c.T("phase." + string(p))}
}

var analyses = map[store.ROSState]look{
	store.ROSDraft:       {ds.Neutral, ds.IconDraft},
	store.ROSPerformed:   {ds.Info, ds.IconWaiting},
	store.ROSInTreatment: {ds.Info, ds.IconWaiting},
	store.ROSAccepted:    {ds.Success, ds.IconApproved},
	store.ROSConditional: {ds.Success, ds.IconApproved},
	store.ROSRejected:    {ds.Danger, ds.IconFailed},
	store.ROSExpired:     {ds.Danger, ds.IconPhasing},
	store.ROSWithdrawn:   {ds.Neutral, ds.IconSkipped},
}

// ROS gives the look of a risk analysis' state.
func ROS(c layout.Ctx, s store.ROSState) ds.State {
	return ds.State{Tone: analyses[s].tone, Icon: analyses[s].icon, Text: c.T("rosstate." + string(s))}
}

var designs = map[store.LDState]look{
	store.LDDraft:      {ds.Neutral, ds.IconDraft},
	store.LDInReview:   {ds.Info, ds.IconWaiting},
	store.LDApproved:   {ds.Success, ds.IconApproved},
	store.LDSuperseded: {ds.Neutral, ds.IconSkipped},
}

// LD gives the look of a solution design's state.
func LD(c layout.Ctx, s store.LDState) ds.State {
	return ds.State{Tone: designs[s].tone, Icon: designs[s].icon, Text: c.T("ldstate." + string(s))}
}

var levels = map[store.RiskLevel]look{
	store.LevelLow:          {ds.Success, ds.IconOK},
	store.LevelModerate:     {ds.Yellow, ds.IconInfo},
	store.LevelHigh:         {ds.Warning, ds.IconWarning},
	store.LevelUnacceptable: {ds.Danger, ds.IconBlocked},
}

// Risk gives the look of a level of risk, with the words that say how it is scored.
func Risk(l store.RiskLevel, words string) ds.State {
	return ds.State{Tone: levels[l].tone, Icon: levels[l].icon, Text: words}
}

// RiskTone is the tone of a level of risk.
func RiskTone(l store.RiskLevel) ds.Tone { return levels[l].tone }

// Measure gives the look of a measure's state.
func Measure(c layout.Ctx, m *store.Measure, today store.Date) ds.State {
	s := ds.State{Tone: ds.Info, Icon: ds.IconWaiting, Text: c.T("measurestate." + string(m.State))}
	switch {
	case m.State == store.MeasureDone:
		s.Tone, s.Icon = ds.Success, ds.IconOK
	case m.State == store.MeasureDropped:
		s.Tone, s.Icon = ds.Neutral, ds.IconSkipped
	case m.Late(today):
		s.Tone, s.Icon = ds.Warning, ds.IconWarning
	}
	return s
}

var outgoing = map[store.OutgoingState]look{
	store.OutWaiting: {ds.Info, ds.IconWaiting},
	store.OutSent:    {ds.Success, ds.IconOK},
	store.OutDead:    {ds.Danger, ds.IconFailed},
}

// Outgoing gives the look of messages that are to leave the portal, with how many they are.
func Outgoing(c layout.Ctx, s store.OutgoingState, n int64) ds.State {
	return ds.State{Tone: outgoing[s].tone, Icon: outgoing[s].icon, Text: c.T("outbox.state."+string(s)) + " (" + c.Int(n) + ")"}
}
