package main

import (
	"cmp"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

func newMakeGood() *cobra.Command {
	return group("make-good", "Airings that were missed, and when they can be made good", newMakeGoodList(), newMakeGoodTake())
}

func newMakeGoodList() *cobra.Command {
	return addOutput(&cobra.Command{
		Use:   "list",
		Short: "List the airings missed or cut short that can still be made good, or are being so",
		Long: "List the airings missed or cut short that can still be made good, or are being so, with the next\n" +
			"window in which each is permitted, or why there is none. To take the first proposal up:\n\n" +
			"  loaphuong make-good take AIRING --by Lan",
		Args: exactly(0),
		RunE: atCentre(func(c *cobra.Command, _ []string, centre *web.Client) error {
			zone, err := centreZone(c)
			if err != nil {
				return err
			}
			all, err := centre.MakeGoods(c.Context())
			if err != nil {
				return err
			}
			return show(c, makeGoodTable(all, zone), all)
		}),
	}, "table", "json", "csv")
}

func makeGoodTable(all []scheduler.MakeGood, zone *time.Location) table {
	t := table{heading: []string{"AIRING", "STATION", "MISSED", "UNTIL", "NEXT WINDOW", "BY", "TITLE"}}
	for _, m := range all {
		next := shortfallWords(m.Why)
		if m.Programme != "" {
			next = fmt.Sprintf("%s %s", m.Programme, m.At.In(zone).Format("02/01 15:04"))
		}
		t.add(string(m.Missed.ID), brief(string(m.Missed.Station), 12), m.Missed.Start.In(zone).Format("02/01 15:04"), m.Deadline.String(),
			brief(next, 24), brief(cmp.Or(m.By, "-"), 10), brief(m.Missed.Title, 20))
	}
	return t
}

func newMakeGoodTake() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "take AIRING",
		Short: "Take the proposal for an airing up and publish it",
		Long: "Take the proposal for a missed airing up and publish it to its station. For example:\n\n" +
			"  loaphuong make-good take 0a1b2c3d4e5f6071 --by Lan",
		Args: exactly(1),
		RunE: atCentre(func(c *cobra.Command, args []string, centre *web.Client) error {
			by, _ := c.Flags().GetString("by")
			zone, err := centreZone(c)
			if err != nil {
				return err
			}
			s, err := centre.MakeGood(c.Context(), scheduler.AiringID(args[0]), by)
			if err != nil {
				return err
			}
			return show(c, selectionTable([]scheduler.Selection{s}, zone), s)
		}),
	})
	c.Flags().String("by", "", "your name")
	c.MarkFlagRequired("by")
	return c
}
