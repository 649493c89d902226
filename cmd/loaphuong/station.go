package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

func newArea() *cobra.Command {
	add := &cobra.Command{
		Use:   "add ID",
		Short: "Add or change an area",
		Args:  exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			name, _ := c.Flags().GetString("name")
			parent, _ := c.Flags().GetString("parent")
			centre, err := dial(c)
			if err != nil {
				return err
			}
			return centre.PutArea(c.Context(), scheduler.Area{ID: scheduler.AreaID(args[0]), Name: name, Parent: scheduler.AreaID(parent)})
		},
	}
	add.Flags().String("name", "", "what people call it")
	add.Flags().String("parent", "", "the area it lies in")
	add.MarkFlagRequired("name")
	return group("area", "The tree of areas", add)
}

func newStation() *cobra.Command {
	return group("station", "Stations", newStationAdd(), newStationCode(), newStationList(), newStationReady(), newStationStop())
}

func newStationAdd() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "add ID",
		Short: "Add or change a station and print the one-time code that enrols its PC",
		Long: "Add or change a station and print the one-time code that enrols its PC. What is not given is as if it\n" +
			"had never been. For example, a station that airs Vietnamese first and Hmong:\n\n" +
			"  loaphuong station add xa-1 --area sa-pa --name 'Đài xã Tả Van' --languages vi,mww",
		Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			s, err := stationFrom(c, args[0])
			if err != nil {
				return usageError{err}
			}
			centre, err := dial(c)
			if err != nil {
				return err
			}
			if _, err := centre.AddStation(c.Context(), s); err != nil {
				return err
			}
			if s.Retired {
				fmt.Fprintf(c.ErrOrStderr(), "station %s is retired: from the next publish on it is sent nothing more to air\n", s.ID)
				return nil
			}
			return printCode(c, centre, s.ID)
		},
	})
	c.Flags().String("area", "", "the area it stands in")
	c.Flags().String("name", "", "what people call it")
	c.Flags().String("zone", "", "IANA time zone; the centre's when empty")
	c.Flags().String("phone", "", "whom to call when it is silent")
	c.Flags().Int("volume", 100, "0 to 100")
	c.Flags().StringSlice("quiet", nil, "quiet hours, such as 22:00-04:30; may be given several times")
	c.Flags().StringSlice("languages", nil, "the languages it airs, the most wanted first (BCP 47); any when empty")
	c.Flags().Bool("retired", false, "it is sent nothing more to air")
	c.MarkFlagRequired("area")
	return c
}

func stationFrom(c *cobra.Command, id string) (s scheduler.Station, err error) {
	f := c.Flags()
	s.ID = scheduler.StationID(id)
	area, _ := f.GetString("area")
	s.Area = scheduler.AreaID(area)
	s.Name, _ = f.GetString("name")
	s.Zone, _ = f.GetString("zone")
	s.Phone, _ = f.GetString("phone")
	s.Volume, _ = f.GetInt("volume")
	s.Languages, _ = f.GetStringSlice("languages")
	s.Retired, _ = f.GetBool("retired")
	quiet, _ := f.GetStringSlice("quiet")
	s.Quiet, err = parseQuiet(quiet)
	return s, err
}

func newStationCode() *cobra.Command {
	return addOutput(&cobra.Command{
		Use:   "code ID",
		Short: "Print a new one-time code for a station",
		Args:  exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			centre, err := dial(c)
			if err != nil {
				return err
			}
			return printCode(c, centre, scheduler.StationID(args[0]))
		},
	})
}

func printCode(c *cobra.Command, centre *web.Client, id scheduler.StationID) error {
	code, err := centre.StationCode(c.Context(), id)
	if err != nil {
		return err
	}
	if format, _ := c.Flags().GetString("output"); format == "json" {
		return writeJSON(c.OutOrStdout(), code)
	}
	fmt.Fprintf(c.OutOrStdout(), "loaphuong-agent enrol %s %s\n", code.URL, code.Code)
	fmt.Fprintf(c.ErrOrStderr(), "type this at the station %s before %s; it works once\n", id, code.Expires.Local().Format("02/01/2006 15:04"))
	return nil
}

func newStationList() *cobra.Command {
	return addOutput(&cobra.Command{
		Use:   "list",
		Short: "List the stations and how they are",
		Args:  exactly(0),
		RunE: func(c *cobra.Command, _ []string) error {
			centre, err := dial(c)
			if err != nil {
				return err
			}
			all, err := centre.StationStates(c.Context())
			if err != nil {
				return err
			}
			t := table{heading: []string{"STATION", "NAME", "AREA", "LINK", "SCHEDULE", "FILES MISSING", "CARD", "CLOCK", "OUTBOX", "HEARD", "TROUBLE"}}
			for _, s := range all {
				t.add(stationRow(s)...)
			}
			return show(c, t, all)
		},
	})
}

func stationRow(s web.StationState) []string {
	row := []string{string(s.Station.ID), s.Station.Name, string(s.Station.Area)}
	if s.Station.Retired {
		return append(row, "retired", "", "", "", "", "", "", "")
	}
	if s.State == nil {
		return append(row, "never heard", fmt.Sprintf("0/%d", s.Published), "", "", "", "", "", "")
	}
	return append(row, string(s.Presence(time.Now())), fmt.Sprintf("%d/%d", s.State.Revision, s.Published), fmt.Sprint(len(s.State.Missing)),
		s.State.Card, clockWords(s), fmt.Sprint(s.State.Outbox), s.Heard.Local().Format(time.TimeOnly), troubleWords(s))
}

func newStationStop() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "stop [STATION…]",
		Short: "End at once what is on air at stations, in an area or everywhere",
		Long: "End at once what is on air at stations, in an area or everywhere. What is to come is aired; to keep\n" +
			"something from being aired at all, loaphuong recall it.\n\n" +
			"  loaphuong station stop --everywhere --by Lan",
		RunE: atCentre(func(c *cobra.Command, args []string, centre *web.Client) error {
			var f web.StopForm
			for _, id := range args {
				f.Stations = append(f.Stations, scheduler.StationID(id))
			}
			area, _ := c.Flags().GetString("area")
			f.Area = scheduler.AreaID(area)
			f.Everywhere, _ = c.Flags().GetBool("everywhere")
			f.By, _ = c.Flags().GetString("by")
			done, err := centre.Stop(c.Context(), f)
			if err != nil {
				return err
			}
			t := table{heading: []string{"STATION", "TOLD"}}
			for _, id := range done.Told {
				t.add(string(id), "yes")
			}
			for _, id := range done.Untold {
				t.add(string(id), "no: is the broker there?")
			}
			if err := show(c, t, done); err != nil {
				return err
			}
			if len(done.Untold) > 0 {
				return fmt.Errorf("%d of %d stations could not be told to stop: call them", len(done.Untold), len(done.Told)+len(done.Untold))
			}
			return nil
		}),
	}, "table", "json", "csv")
	c.Flags().String("area", "", "the stations of an area and of those below it")
	c.Flags().Bool("everywhere", false, "every station there is")
	c.Flags().String("by", "", "who says so")
	c.MarkFlagRequired("by")
	return c
}
