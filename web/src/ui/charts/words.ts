/** The words of the charts. */

export const words = {
  part: "Part",
  share: "Share",
  value: "Value",
  of: (part: string, whole: string) => `${part} of ${whole}`,
  target: "Goal",
  from: "From",
  to: "To",
  lasts: "Length",
  what: "What",
  showTable: "Show the numbers",
} as const;
