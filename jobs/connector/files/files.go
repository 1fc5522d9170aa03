package files

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"samband/jobs/connector"
	"samband/jobs/format/csv"
	"samband/store"
)

// Kind declares the connector.
var Kind = store.Kind{
	Name:       "files",
	Roles:      []store.Role{store.Source, store.Destination},
	Highest:    store.Sensitive,
	Route:      store.RoutePlatform,
	Rereadable: true,
	Tier:       store.TierTransactional,
	Options: []store.Option{
		{Name: "folder", Kind: store.OptionPath, Required: true, InScope: true},
		{Name: "dataset", Kind: store.OptionText, Required: true, InScope: true},
		{Name: "encoding", Kind: store.OptionChoice, Choices: []string{string(csv.UTF8), string(csv.Windows1252)}, Only: store.Source},
		{Name: "delimiter", Kind: store.OptionChoice, Choices: []string{"semicolon", "comma", "tab"}, Only: store.Source},
		{Name: "no_control", Kind: store.OptionBool, InScope: true, Only: store.Source},
	},
}

// Connector is the line of this package in the table of connectors.
func Connector() connector.Connector {
	return connector.Connector{Kind: Kind,
		OpenSource: func(s connector.Settings) (connector.Source, error) {
			if err := check(&s); err != nil {
				return nil, err
			}
			return &source{Settings: s, settle: time.Second}, nil
		},
		OpenDestination: func(s connector.Settings) (connector.Destination, error) {
			if err := check(&s); err != nil {
				return nil, err
			}
			return &destination{folder: s.Values["folder"], dataset: s.Values["dataset"]}, nil
		}}
}

// check looks at the settings, and fills in what they may leave out.
func check(s *connector.Settings) error {
	if err := Kind.Validate(s.Values); err != nil {
		return err
	}
	if !datasetRE.MatchString(s.Values["dataset"]) {
		return store.FieldError("dataset", "files.dataset", nil)
	}
	if s.Clock == nil {
		s.Clock = store.SystemClock{}
	}
	return nil
}

var datasetRE = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,60}$`)

// source is a drop folder, for one data set.
type source struct {
	connector.Settings
	settle time.Duration // how long a file that doesn't agree with its control file is given to change
}

var (
	_ connector.Keeper    = (*source)(nil)
	_ connector.Describer = (*source)(nil)
)

func (s *source) options() csv.Options {
	return csv.Options{Encoding: csv.Encoding(s.Values["encoding"]),
		Comma: map[string]byte{"semicolon": ';', "comma": ',', "tab": '\t'}[s.Values["delimiter"]]}
}

// OpenFile opens a file that a person names, in place of a delivery. It needs no control file, is read where it lies,
// and is not put away. Its encoding and delimiter are found.
func OpenFile(ctx context.Context, path string) (connector.Delivery, error) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return nil, &store.Error{Class: store.Invalid, Code: "files.input", Args: store.Args{"name": filepath.Base(path)}, Err: err}
	}
	d := &delivery{open: func() (io.ReadCloser, error) { return os.Open(path) }}
	d.info.Name, d.info.Stated = filepath.Base(path), -1
	if err := d.survey(ctx); err != nil {
		return nil, err
	}
	if err := d.begin(); err != nil {
		return nil, err
	}
	return d, nil
}
