package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"
)

func newSignIn() *cobra.Command {
	c := group("sign-in", "Make a link by which a person may change things on the pages")
	c.Args = exactly(0)
	c.RunE = func(c *cobra.Command, _ []string) error {
		name, _ := c.Flags().GetString("name")
		centre, err := dial(c)
		if err != nil {
			return err
		}
		link, err := centre.SignInLink(c.Context(), name)
		if err != nil {
			return err
		}
		fmt.Fprintln(c.OutOrStdout(), link.URL)
		fmt.Fprintf(c.ErrOrStderr(), "good once, until %s\n", link.Expires.Local().Format(time.TimeOnly))
		return nil
	}
	c.Flags().String("name", "", "the person, as confirmations will name them")
	c.MarkFlagRequired("name")
	return c
}
