import { expect, it } from "vitest";
import type { ClinicKind } from "../../wire/api.gen.ts";
import { kindChoices, kindChosen } from "./kinds.ts";

const YOGA: ClinicKind = { id: "k1", name: "Yoga", counts_as: "expressive", in_use: true };
const DRUMS: ClinicKind = { id: "k2", name: "Drums", counts_as: "expressive", in_use: false };

it("the clinic's own kinds in use are offered with the kind as which they count, and mutual help", () => {
  const offered = kindChoices([YOGA, DRUMS]);
  expect(offered[0]).toEqual({ value: "group", label: "Group" });
  expect(offered.slice(-2)).toEqual([{ value: "k1", label: "Yoga (counts as Expressive)" }, { value: "mutual_help", label: "Mutual help" }]);
});

it("a kind of the clinic's own is sent with the one as which it counts", () => {
  expect(kindChosen("k1", [YOGA])).toEqual({ kind: "expressive", own_kind: "k1" });
  expect(kindChosen("education", [YOGA])).toEqual({ kind: "education", own_kind: null });
  expect(kindChosen("mutual_help", [YOGA])).toEqual({ kind: "mutual_help", own_kind: null });
});

it("a kept choice that is offered no longer is a group again", () => {
  expect(kindChosen("k2", [YOGA, DRUMS])).toEqual({ kind: "group", own_kind: null });
});
