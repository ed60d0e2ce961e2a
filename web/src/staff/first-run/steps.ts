/** The steps of a clinic's first run, in their order; the administrator's own name and password come before them. */

import type { Left } from "../../wire/api.gen.ts";

export const STEPS = ["second-step", "clinic", "program", "kinds", "team", "clients", "group", "links", "done"] as const;
export type StepName = (typeof STEPS)[number];

export interface StepProps {
  readonly left: Left;
  /** After it is saved, or was there already. */
  readonly onDone: () => void;
}

/** Steps that everything after them works without. */
const MAY_WAIT: ReadonlySet<StepName> = new Set(["second-step", "kinds", "team", "clients", "links"]);

export const mayWait = (step: StepName): boolean => MAY_WAIT.has(step);

export const isStep = (name: string): name is StepName => STEPS.some((step) => step === name);

export const stepPath = (step: StepName): string => `/first-run/${step}`;

/** The neighbours of a step; the list of what is left stands before the first. */
export const before = (step: StepName): string => pathOf(STEPS[STEPS.indexOf(step) - 1]);
export const after = (step: StepName): string => pathOf(STEPS[STEPS.indexOf(step) + 1]);

const pathOf = (step: StepName | undefined): string => (step === undefined ? "/first-run" : stepPath(step));

/** Whether the clinic has what the step makes; null where nobody can tell, since it only shows or asks again. */
export function isDone(step: StepName, left: Left): boolean | null {
  switch (step) {
    case "second-step":
      return left.second_factor;
    case "program":
      return left.program !== null;
    case "kinds":
      return left.kinds > 0;
    case "team":
      return left.leaders > 0;
    case "clients":
      return left.clients > 0;
    case "group":
      return left.group !== null;
    default:
      return null;
  }
}

/** Whether something is left that a clinic needs; nobody is reminded of a second step or of words of their own. */
export const isLeft = (left: Left): boolean => needed(left).length > 0;

const needed = (left: Left): readonly StepName[] =>
  STEPS.filter((step) => step !== "second-step" && step !== "kinds" && isDone(step, left) === false);

/** Where somebody goes on: the first step that something after it needs, then the first that is merely left. */
export function nextStep(left: Left): StepName {
  if (left.program === null && left.clients === 0 && left.group === null) return left.second_factor ? "clinic" : "second-step";
  return needed(left)[0] ?? "links";
}
