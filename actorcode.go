package chancery

import "slices"

// StateOf gives the state of an actor code, "PAK" for "PAKMIL". A code that is
// not a state followed by a sector stands for itself: "PAK", "TALIBAN", "NATO".
func StateOf(code string) string {
	if len(code) == 6 && slices.Contains(Sectors(), code[3:]) {
		return code[:3]
	}
	return code
}
