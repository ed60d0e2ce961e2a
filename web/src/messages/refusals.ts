/** Sentences of the service that the pages say in their own language. */

import type { NodeMessage } from "../wire/protocol.gen.ts";
import type { Refusable } from "./refusable.ts";
import { ofService, words } from "./words.ts";

/** What the service answers under this code, in the language that is spoken. */
export function refusalSentence(code: string, sentence: string): string {
  return ofService(sentence, words.refusals[code as Refusable]);
}

/** A message of a node, with its sentence in the language that is spoken. */
export function inOurWords(message: NodeMessage): NodeMessage {
  if (message.type === "refused") return { ...message, sentence: refusalSentence(message.code, message.sentence) };
  if (message.type !== "dismissed") return message;
  return { ...message, sentence: refusalSentence(message.why ?? message.cause, message.sentence) };
}
