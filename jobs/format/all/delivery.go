package all

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"strings"

	"samband/jobs/format/kreftregisteret"
	"samband/jobs/format/xlsx"
	"samband/store"
)

// File is one uploaded file.
type File = kreftregisteret.File

// Limits of what is uploaded together.
const (
	MaxFiles    = 100
	MaxUnpacked = 128 << 20 // bytes of all files that a zip holds
)

// delivery is what is uploaded together, out of its zip. Workbooks are opened once, when something asks for them.
type delivery struct {
	files  []File
	packed map[int]bool // those that came in a zip
	books  map[int]opened
}

type opened struct {
	book *xlsx.Book
	err  error
}

// unpack takes a zip that is no workbook apart. Zips inside it stay as they are: no format has them. What a system adds
// for itself to zips it makes is left out.
func unpack(files []File) (*delivery, error) {
	d := &delivery{packed: map[int]bool{}, books: map[int]opened{}}
	left := int64(MaxUnpacked)
	for _, f := range files {
		z, err := zip.NewReader(bytes.NewReader(f.Data), int64(len(f.Data)))
		if err != nil || isWorkbook(z) {
			d.files = append(d.files, f)
			continue
		}
		if len(z.File) > MaxFiles*10 {
			return nil, store.E(store.Invalid, "dictionary.files", store.Args{"max": MaxFiles})
		}
		for _, e := range z.File {
			name := path.Base(strings.ReplaceAll(e.Name, `\`, "/"))
			if e.FileInfo().IsDir() || strings.HasPrefix(e.Name, "__MACOSX/") || strings.HasPrefix(name, ".") || name == "Thumbs.db" {
				continue
			}
			data, err := read(e, left)
			if err != nil {
				return nil, err
			}
			left -= int64(len(data))
			d.packed[len(d.files)] = true
			d.files = append(d.files, File{Name: name, Data: data})
		}
	}
	switch {
	case len(d.files) > MaxFiles:
		return nil, store.E(store.Invalid, "dictionary.files", store.Args{"max": MaxFiles})
	case len(d.files) == 0:
		return nil, store.E(store.Invalid, "dictionary.empty", nil)
	}
	return d, nil
}

func isWorkbook(z *zip.Reader) bool {
	for _, f := range z.File {
		if strings.EqualFold(f.Name, "[Content_Types].xml") || strings.EqualFold(f.Name, "xl/workbook.xml") {
			return true
		}
	}
	return false
}

// read unpacks one file of a zip, of at most left bytes.
func read(f *zip.File, left int64) ([]byte, error) {
	if f.UncompressedSize64 > uint64(left) {
		return nil, store.E(store.Invalid, "dictionary.unpacked", store.Args{"max": MaxUnpacked >> 20})
	}
	r, err := f.Open()
	if err != nil {
		return nil, &store.Error{Class: store.Invalid, Code: "dictionary.zip", Err: err}
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, left+1))
	if err == nil && int64(len(data)) > left {
		return nil, store.E(store.Invalid, "dictionary.unpacked", store.Args{"max": MaxUnpacked >> 20})
	}
	if err != nil {
		return nil, &store.Error{Class: store.Invalid, Code: "dictionary.zip", Err: err}
	}
	return data, nil
}

// book opens a file as a workbook.
func (d *delivery) book(i int) (*xlsx.Book, error) {
	o, ok := d.books[i]
	if !ok {
		o.book, o.err = xlsx.Open(d.files[i].Data)
		d.books[i] = o
	}
	return o.book, o.err
}

// unknown says that no format fits. Of a lone workbook that can't be opened it says why.
func (d *delivery) unknown() error {
	if len(d.files) == 1 {
		if err := d.unreadable(0); err != nil {
			return err
		}
	}
	return store.E(store.Invalid, "dictionary.unknown_format", nil)
}

// unreadable says what keeps a file from being read in any format; nil when nothing is known.
func (d *delivery) unreadable(i int) error {
	data := d.files[i].Data
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return store.E(store.Invalid, "dictionary.empty_file", store.Args{"file": store.Shorten(d.files[i].Name)})
	case bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")):
		return store.E(store.Invalid, "dictionary.utf16", nil)
	case !xlsx.Looks(data) && bytes.Count(data[:min(len(data), 200)], []byte{0})*3 > min(len(data), 200):
		return store.E(store.Invalid, "dictionary.utf16", nil) // without its mark
	case !xlsx.Looks(data):
		return nil
	}
	book, err := d.book(i)
	if err != nil {
		return err
	}
	for _, s := range book.Sheets() {
		if err := s.Each(func(int, []string) error { return nil }); err != nil {
			return err
		}
	}
	return nil
}
