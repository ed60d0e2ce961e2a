/** The forms' own words. */

export const words = {
  optional: "optional",
  showPassword: "Show",
  hidePassword: "Hide",
  ofPassword: "password",
  choose: "Choose…",
  pleaseCorrect: (count: number) => (count === 1 ? "One answer needs your attention" : `${count} answers need your attention`),
} as const;
