/** The steps of an inquiry: their addresses, and what is sent with each. */

import type { Answer, Edition, Inquiry, Priority, StepKind } from "../../wire/api.gen.ts";
import type { Form } from "../../wire/form.ts";

export const PATHS: Readonly<Record<StepKind, string>> = {
  asked: "", screened: "screening", intake_planned: "intake", assessed: "eligibility", wait_listed: "waiting",
  interim: "interim", admitted: "admission", referred: "referral", arrived: "arrival", declined: "decline",
  reopened: "reopening",
};

export interface StepValues {
  readonly words: string;
  readonly priorities: readonly Priority[];
  readonly facilitator: string;
  readonly on: string | null;
  readonly time: string | null;
  readonly minutes: string;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly reasons: Readonly<Record<string, string>>;
  readonly edition: Edition;
  readonly recommended: string;
  readonly placed: string;
  readonly difference: string;
  readonly ratings: Readonly<Record<string, string>>;
  readonly phase: string;
  readonly to: string;
  readonly reason: string;
}

/** What the fields of every step are given. */
export interface FieldsProps {
  readonly form: Form<StepValues>;
  readonly inquiry: Inquiry;
  readonly wrong: (field: string) => string | null;
}

/** What says something about a person is kept on the screen alone. */
export const PROSE = ["words", "reasons", "difference", "ratings", "to", "answers", "priorities", "recommended", "placed"] as const;

export function blankOf(inquiry: Inquiry): StepValues {
  return {
    words: "", priorities: inquiry.line.priorities as readonly Priority[], facilitator: "", on: inquiry.today, time: null, minutes: "60",
    answers: {}, reasons: {}, edition: "4", recommended: "2.1", placed: "2.1", difference: "", ratings: {},
    phase: inquiry.phases[0]?.id ?? "", to: "", reason: "",
  };
}

type Body = (values: StepValues, zone: string) => unknown;
const prioritised: Body = ({ priorities, words }) => ({ priorities, words });
const dated: Body = ({ on, words }) => ({ on: on ?? "", words });
const written: Body = ({ words }) => ({ words });

const BODIES: Readonly<Record<StepKind, Body>> = {
  asked: written, reopened: written, screened: prioritised, wait_listed: prioritised, arrived: dated, interim: dated,
  intake_planned: ({ facilitator, on, time, minutes }, zone) => ({ facilitator, starts: instantOf(on ?? "", time ?? "", zone), minutes: Number(minutes) }),
  assessed: (values) => ({ answers: answersOf(values), level: levelOf(values), words: values.words }),
  admitted: ({ phase, on, words }) => ({ phase, from_on: on ?? "", words }),
  referred: ({ to, reason, on, words }) => ({ to, reason, sent_on: on ?? "", words }),
  declined: ({ reason, words }) => ({ reason, words }),
};

/** The body of a step's request. */
export const bodyOf = (kind: StepKind, values: StepValues, zone: string): unknown => BODIES[kind](values, zone);

const answersOf = ({ answers, reasons }: StepValues) =>
  Object.entries(answers).map(([question, answer]) => ({ question, answer, reason: reasons[question] ?? "" }));

function levelOf({ edition, recommended, placed, difference, ratings }: StepValues) {
  const rated = Object.fromEntries(Object.entries(ratings).filter(([, rating]) => rating.trim() !== ""));
  return { edition, recommended, placed, difference: recommended === placed ? "" : difference, ratings: rated };
}

/** The instant of a local time in a zone: the offset there is what the zone's own clock is ahead by. */
export function instantOf(day: string, time: string, zone: string): string {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  if (Number.isNaN(asUtc)) return "";
  const guess = asUtc - aheadBy(asUtc, zone);
  return new Date(asUtc - aheadBy(guess, zone)).toISOString();
}

function aheadBy(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
  }).formatToParts(new Date(at));
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second")) - Math.floor(at / 1000) * 1000;
}
