/** The words of news, waits and failures. */

export const words = {
  news: "News",
  undo: "Undo",
  undone: "Undone.",
  close: "Close",
  tryAgain: "Try again",
  offline: "You are offline.",
  offlineAge: (age: string) => `This page is as of ${age}. It is brought up to date as soon as you are online.`,
  offlineNothing: "This page is fetched as soon as you are online.",
  goneWrong: "That did not work.",
} as const;
