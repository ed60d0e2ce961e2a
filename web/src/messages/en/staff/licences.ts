/** What the pages about licences of staff say. */

import type { Asked, LicenceKind } from "../../../wire/api.gen.ts";
import { pluralOf } from "../../plural.ts";

const plural = pluralOf("en");

export const licences = {
  title: "Licences",
  fetching: "Fetching licences…",
  none: "No licence is written down.",
  kinds: {
    counsellor: "Professional counselor", addiction_counsellor: "Addiction counselor", social_worker: "Clinical social worker",
    marriage_family: "Marriage and family therapist", psychologist: "Psychologist", nurse: "Registered nurse",
    nurse_practitioner: "Nurse practitioner", physician_assistant: "Physician assistant", physician: "Physician",
    peer_specialist: "Peer specialist",
  } satisfies Record<LicenceKind, string> as Record<LicenceKind, string>,
  since: (day: string) => `since ${day}`,
  over: "run out",
  toCome: "to come",
  npiOf: (npi: string) => `NPI ${npi}`,
  add: "Add a licence",
  correct: "Correct",
  endToday: "End today",
  withdraw: "Withdraw",
  ended: "Today is the licence's last day.",
  withdrawn: "The licence is withdrawn.",
  saved: "The licence is saved.",
  kind: "Kind of licence",
  state: "State",
  stateHelp: "Two letters, such as NY.",
  number: "Number",
  npi: "NPI",
  npiHelp: "Ten digits.",
  from: "From",
  to: "Last day",
  toHelp: "Leave this empty if the licence names none.",
  save: "Save",

  expiring: "Licences that run out",
  runsOut: (days: number, day: string) => plural(days, { one: `in 1 day, ${day}`, other: `in ${days} days, ${day}` }),
  ranOut: (day: string) => `ran out, ${day}`,

  missing: {
    none: (kind: string) => kind,
    clinician: (kind: string) => `${kind}: nobody who leads this session holds a clinician's licence that is in force that day.`,
    prescriber: (kind: string) => `${kind}: nobody who leads this session holds a prescriber's licence that is in force that day.`,
  } satisfies Record<Asked, (kind: string) => string> as Record<Asked, (kind: string) => string>,

  rulesTitle: "Licences that sessions ask for",
  rulesLead: "At least one of those who lead a session must hold what its kind, or the kind of each block, asks for.",
  policy: "Where nobody holds it",
  warn: "Warn",
  warnMeans: "Whoever plans the session and whoever leads it read a warning.",
  refuse: "Refuse",
  refuseMeans: "Such a session cannot be planned, and those who lead it cannot start it. One that has begun goes on.",
  policySaved: "Saved.",
  askedToday: "Asked for today",
  askedWords: {
    none: "no licence", clinician: "a clinician's licence", prescriber: "a prescriber's licence",
  } satisfies Record<Asked, string> as Record<Asked, string>,
  askedLater: "To come",
  fromDay: (day: string, kind: string, asked: string) => `From ${day}: ${kind}, ${asked}`,
  change: "Change what is asked for",
  sessionKind: "Kind of session or block",
  asks: "Asks for",
  ruleSaved: "Saved. Days before that keep what they asked for.",
};
