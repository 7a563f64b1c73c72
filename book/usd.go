package book

import (
	"fmt"
	"strconv"
	"strings"

	"quire/problem"
)

// USD is an amount of US dollars, in millionths of one.
type USD int64

// Dollar is one US dollar.
const Dollar USD = 1_000_000

// MostUSD is the largest amount that a budget can have.
const MostUSD = 1_000_000 * Dollar

// ParseUSD reads an amount such as "5", "2.50" or "$0.75", from zero to MostUSD,
// with up to six decimals. Anything else is problem.Invalid.
func ParseUSD(text string) (USD, error) {
	whole, part, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(text), "$"), ".")
	wrong := problem.New(problem.Invalid, "%q is not an amount of dollars", text).Try("write it like 5 or 2.50, from 0 to %d", MostUSD/Dollar)
	if whole == "" && part == "" || len(part) > 6 {
		return 0, wrong
	}
	digits := whole + part + strings.Repeat("0", 6-len(part))
	if strings.Trim(digits, "0123456789") != "" {
		return 0, wrong
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || USD(n) > MostUSD {
		return 0, wrong
	}
	return USD(n), nil
}

// String is the amount with a dollar sign and two decimals, or as many as an
// amount below ten cents needs: $12.40, $0.0031.
func (u USD) String() string {
	sign := ""
	if u < 0 {
		sign, u = "-", -u
	}
	if u >= Dollar/10 {
		u = (u + 5_000) / 10_000 * 10_000
	}
	part := strings.TrimRight(fmt.Sprintf("%06d", u%Dollar), "0")
	for len(part) < 2 {
		part += "0"
	}
	return fmt.Sprintf("%s$%d.%s", sign, u/Dollar, part)
}
