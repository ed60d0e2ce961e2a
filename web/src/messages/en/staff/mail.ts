/** What the outbox says. */

import type { MailKind, MailState } from "../../../wire/api.gen.ts";
import { pluralOf } from "../../plural.ts";

const plural = pluralOf("en");

export const mail = {
  title: "Outgoing mail",
  lead: "Invitations, codes and notices that this clinic sends by e-mail. Each look at this page is recorded.",
  fetching: "Fetching the outgoing mail…",
  sends: "A mail server is set up: mails are sent by themselves. This page shows whether it accepted them.",
  doesNotSend:
    "No mail server is set up, so nothing is sent and mails wait here. Links and codes are never shown on this page: " +
    "whoever runs the server prints them with “vesper mail-secrets”.",
  none: "There is no mail yet",
  noneMeans: "Mails appear here as soon as somebody is invited or asks for a code.",
  table: "Mails",
  what: "What",
  to: "To",
  when: "Asked for",
  state: "State",
  read: "Read the text",
  secret: "Carries a link or a code",
  noAddress: "No address",
  newest: "Newest",
  older: "Older",
  kinds: {
    invitation: "Invitation",
    password_reset: "New password",
    email_change: "Confirm a new e-mail address",
    email_changed: "E-mail address was changed",
    invited_elsewhere: "Invited by another clinic",
    identity_code: "Code for a client",
    guest_link: "Guest's invitation",
    join_link: "Client's personal link",
  } satisfies Record<MailKind, string> as Record<MailKind, string>,
  states: {
    waiting: "Waiting", sent: "Sent", failed: "Given up", dropped: "No longer needed", handed_over: "Handed over",
  } satisfies Record<MailState, string> as Record<MailState, string>,
  trouble: (why: string, tries: number) => `${why} ${plural(tries, { one: "Tried once.", other: `Tried ${tries} times.` })}`,
  troubles: {
    connection: "The mail server cannot be reached.",
    timeout: "The mail server did not answer in time.",
    sign_in: "The mail server refused our sign-in.",
    sender: "The mail server refused our own address.",
    not_made: "The mail could not be written.",
  },
  answered: (code: string) => `The mail server answered ${code}.`,
};
