package auth

import (
	"context"
	"net/http"

	"samband/store"
)

// EmergencySealed tells whether a code of the emergency account is sealed, so that there is a door to show.
func (a *Auth) EmergencySealed(ctx context.Context) (bool, error) {
	_, err := a.users.SealedEmergency(ctx)
	if store.ClassOf(err) == store.NotFound {
		return false, nil
	}
	return err == nil, err
}

// LoginEmergency opens a session for whoever has the sealed code, and uses the code up. The session ends after
// store.EmergencyLife. It needs no identity provider.
//
// Errors: emergency.not_found when no code is sealed; auth.emergency_code when it is another; emergency.used.
func (a *Auth) LoginEmergency(w http.ResponseWriter, r *http.Request, code, name, reason, request string) (store.User, error) {
	e, err := a.users.SealedEmergency(r.Context())
	if err != nil {
		return store.User{}, err
	}
	if !e.Opens(code) {
		return store.User{}, store.FieldError("code", "auth.emergency_code", nil)
	}
	if err := a.sweep(r.Context()); err != nil {
		return store.User{}, err
	}
	u, _, err := a.users.OpenEmergency(r.Context(), e.ID, name, reason, request)
	if err != nil {
		return store.User{}, err
	}
	return u, a.start(w, r, login{user: u, life: store.EmergencyLife, state: state{AuthTime: a.clock.Now()}})
}
