package offline

import (
	"regexp"
	"sync"
)

// lazy compiles a large pattern when it is first needed: every start of quire
// would wait for it otherwise.
func lazy(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
