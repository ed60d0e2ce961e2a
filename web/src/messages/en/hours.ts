/** What a client's own hours say, and the code that they ask for. */

export const hours = {
  open: "My hours",
  title: "My hours",
  fetching: "Fetching your hours…",
  back: "Back to the door",
  thisWeek: "This week",
  weekFrom: (day: string) => `Week from ${day}`,
  of: (soFar: string, required: string) => `${soFar} of ${required}`,
  days: (days: number, required: number) => `On ${days} of ${required} days`,
  counts: "A session counts shortly after it has ended. If a number looks wrong to you, ask your facilitator.",
  nothing: "0 hours",
  noSessionYet: "No session yet",
  noSession: "No session",
  confirmTitle: "Please confirm that it is you",
  confirmWhy:
    "Your hours are private, and a link can end up with somebody else. So we send a code of six digits to the e-mail " +
    "address that your program has for you. This browser then remembers you for 30 days.",
  send: "Send me a code",
  sendAgain: "Send another code",
  sent: "If your program has an address for you, a code is on its way. It works for 10 minutes.",
  code: "Code",
  codeHelp: "Six digits, from the newest e-mail",
  confirm: "Show my hours",
  noMail: "Nothing came? Look among spam, or ask your program whether it has the right address for you.",
};
