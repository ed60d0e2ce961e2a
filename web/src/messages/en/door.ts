/** What a client's door says. */

export const door = {
  hello: (name: string) => `Hello, ${name}`,
  opening: "Opening your link…",
  notOpened: "This link does not open",
  noLinkTitle: "Open your personal link",
  noLink:
    "Your program sent you a link of your own, by e-mail or message. Open it from there. If you cannot find it, ask " +
    "your program for a new one.",
  seenAs: "In the room you are called",
  seenAsMeans: "Not your whole name: only staff know it. You can change this for the next session, too.",
  otherAlias: "Change",
  chooseAlias: "Your name in the room",
  invitedBy: (name: string) => `${name} has agreed that you come as a guest. A facilitator lets you in.`,
  ruleTitle: "What you agree to",
  agree: "I agree",
  ruleAgreed: "You have agreed to this.",
  enter: "Enter the lobby",
  stay: "You can stay on this page. The way in appears here by itself.",
  calledOff: "Your program has cancelled it. You do not have to wait, and it does not count as an absence of yours.",
  questions: "If you have questions, ask your facilitator or your program as you usually do.",
  nothingPlanned: (program: string) =>
    `Nothing is planned for you in ${program} just now. Your link stays good: open it again on the day of your next session.`,
  onLeave: "You are on leave, so groups do not open for you now. Call your program when you are ready to return.",
  discharged: "Your time in this program has ended, and its groups no longer open for you. You can always call us.",
  lobbyOpens: (at: string) => `The lobby opens at ${at}.`,
  lobbyOpensThatDay: (at: string) => `The lobby opens that day at ${at}.`,
  startsIn: (time: string) => `Starts in ${time}.`,
  isTime: "It is time. Come in when you are ready.",
  hasStarted: "It has started. Come in when you are ready.",
};
