/** The words of what every page shares. */

export const words = {
  cancel: "Cancel",
  whatHappens: "What happens then:",
  goneWrong: "That did not work.",
} as const;
