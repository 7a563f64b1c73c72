package intake

import (
	"strings"
)

// mathSource writes LaTeX for between dollars: on one line, and without bars
// in a table, where they would end the cell.
func mathSource(s string, cell bool) string {
	s = oneLine(shown(s))
	if cell {
		s = strings.ReplaceAll(strings.ReplaceAll(s, `\|`, `\Vert `), "|", `\vert `)
	}
	if strings.HasSuffix(s, `\`) {
		return ""
	}
	return s
}
