package write

import "quire/book"

// steering is what the maker decided so far.
func (f *folder) steering() (s book.Steering, err error) {
	_, err = f.arts.read("steering", &s)
	return s, err
}

// revision is which version of an artefact of the plan is asked for, from 1.
func (f *folder) revision(name string) int {
	s, err := f.steering()
	if err != nil {
		return 1
	}
	return s.Redo[name] + 1
}

// notes is what the maker wants of the folder's chapter in its current draft.
func (f *folder) notes() string {
	var n book.Notes
	if _, err := f.arts.read("notes/"+f.unit, &n); err != nil || n.Draft != f.chapter().Draft {
		return ""
	}
	return n.Text
}
