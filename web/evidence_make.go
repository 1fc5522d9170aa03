package web

import (
	"net/http"

	"samband/store"
)

// evidenceMake makes an evidence pack of an approval and gives it as a file.
func (s *Server) evidenceMake(w http.ResponseWriter, r *http.Request) error {
	f, made, err := s.Evidence.MakeEvidence(r.Context(), r.PathValue("id"), actor(r))
	if err != nil {
		return err
	}
	defer f.Close()
	attach(w, "application/zip", "samband-"+made.Integration+"-"+made.At.In(store.Oslo).Format("20060102-1504")+".zip")
	s.stream(w, r, f)
	return nil
}
