/** The words of the fields for days, times, durations and zones. */

export const words = {
  dayHelp: "A date, a weekday, “tomorrow” or “+2 weeks”",
  dayUnclear: "This is not a date that we can read. Try “3/14”, “14 March”, “fri” or “tomorrow”.",
  dayImpossible: "There is no such day. Check the day, the month and the year.",
  dayTooEarly: (first: string) => `Choose ${first} or later.`,
  dayTooLate: (last: string) => `Choose ${last} or earlier.`,
  calendar: "Choose a day in a calendar",
  timeHelp: "For example 7:30pm or 19.30",
  timeUnclear: "This is not a time that we can read. Try “7:30pm”, “19.30” or “noon”.",
  timeImpossible: "No clock shows this time. Hours go to 23, minutes to 59.",
  durationHelp: "For example 1h 30, 1:30 or 90 minutes",
  durationUnclear: "This is not a duration that we can read. Try “1h 30”, “1:30” or “90”.",
  durationImpossible: "Minutes go to 59 after the colon, and nothing lasts less than 0.",
  zoneHelp: "A city, a name such as Eastern, or +1",
  zoneDetail: (place: string, clock: string, offset: string) => `${place} · ${clock} now · ${offset}`,
} as const;
