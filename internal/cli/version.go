package cli

import (
	"fmt"
	"runtime/debug"

	"chancery/coder"

	"github.com/spf13/cobra"
)

func newVersionCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "The versions of the program and its reader",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			program := "(unknown)"
			if info, ok := debug.ReadBuildInfo(); ok {
				program = info.Main.Version
				for _, x := range info.Settings {
					if x.Key == "vcs.revision" {
						program += " " + x.Value[:min(12, len(x.Value))]
					}
				}
			}
			_, err := fmt.Fprintf(s.out, "chancery %s\nreader   %s\n", program, coder.Version)
			return err
		},
	}
}
