/** Short news of an action, with an undo if there is one. */

import { signal } from "@preact/signals";

export interface Toast {
  readonly key: number;
  readonly sentence: string;
  /** Undoes the action; without it the news leaves sooner. */
  readonly undo?: () => void | Promise<void>;
}

/** The undo stays long enough for keyboard and screen reader, and the action can be undone elsewhere too. */
const WITH_UNDO_MS = 30_000;
const PLAIN_MS = 8_000;
/** Older news gives way. */
const SHOWN = 3;

const shown = signal<readonly Toast[]>([]);
const leaving = new Map<number, ReturnType<typeof setTimeout>>();
let keys = 0;

/** The news on screen, oldest first. */
export const toasts = shown;

/** Show the news, and have it read out. */
export function toast(sentence: string, undo?: () => void | Promise<void>): void {
  keys += 1;
  const news: Toast = { key: keys, sentence, ...(undo !== undefined && { undo }) };
  const kept = [...shown.value, news];
  for (const old of kept.slice(0, -SHOWN)) dismiss(old.key);
  shown.value = kept.slice(-SHOWN);
  leaveLater(news);
}

export function dismiss(key: number): void {
  clearTimeout(leaving.get(key));
  leaving.delete(key);
  shown.value = shown.value.filter((news) => news.key !== key);
}

/** Keep all news while it is pointed at or focused. */
export function hold(): void {
  for (const timer of leaving.values()) clearTimeout(timer);
  leaving.clear();
}

/** Give all news its whole time again, once it is no longer pointed at or focused. */
export function release(): void {
  hold();
  for (const news of shown.value) leaveLater(news);
}

function leaveLater(news: Toast): void {
  leaving.set(news.key, setTimeout(dismiss, news.undo === undefined ? PLAIN_MS : WITH_UNDO_MS, news.key));
}
