/** The service's sentences in the language of the page. */

import type { NodeMessage } from "../wire/protocol.gen.ts";
import type { Refusable } from "./refusable.ts";
import { ofService, words } from "./words.ts";

/** The service's sentence with this code, in the current language. */
export function refusalSentence(code: string, sentence: string): string {
  return ofService(sentence, words.refusals[code as Refusable]);
}

/** A message of a node, with its sentence in the current language. */
export function inOurWords(message: NodeMessage): NodeMessage {
  if (message.type === "refused") return { ...message, sentence: refusalSentence(message.code, message.sentence) };
  if (message.type !== "dismissed") return message;
  return { ...message, sentence: refusalSentence(message.why ?? message.cause, message.sentence) };
}
