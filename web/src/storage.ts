/** What this tab remembers until it is closed; the choice of devices stays longer. */

import type { Known } from "./signaling/line.ts";
import type { TicketView } from "./wire/api.gen.ts";

/** How to come back without ticket or lobby: the node's address and the resume to show. */
export interface Return {
  readonly session: string;
  readonly known: Known;
  readonly iceServers: TicketView["ice_servers"];
}

/** Which devices a person picked, and whether they were on. */
export interface DeviceChoice {
  readonly microphone: string | null;
  readonly camera: string | null;
  readonly speaker: string | null;
}

export interface Switches {
  readonly microphone: boolean;
  readonly camera: boolean;
}

const RETURN = "vesper.return";
const SWITCHES = "vesper.switches";
const DEVICES = "vesper.devices";

export const comeBack = kept<Return>(() => sessionStorage, RETURN);
export const switches = kept<Switches>(() => sessionStorage, SWITCHES);
export const deviceChoice = kept<DeviceChoice>(() => localStorage, DEVICES);

export interface Kept<T> {
  read(): T | null;
  keep(value: T): void;
  forget(): void;
}

/** A value under `key`, in the storage that `where` returns. */
export function kept<T>(where: () => Storage, key: string): Kept<T> {
  return {
    read: () => parsed<T>(attempt(() => where().getItem(key)) ?? null),
    keep: (value) => void attempt(() => where().setItem(key, JSON.stringify(value))),
    forget: () => void attempt(() => where().removeItem(key)),
  };
}

/** Forget every value whose key has this prefix. */
export function forgetAll(where: () => Storage, beginning: string): void {
  attempt(() => {
    for (const key of Object.keys(where())) if (key.startsWith(beginning)) where().removeItem(key);
  });
}

function parsed<T>(text: string | null): T | null {
  return text === null ? null : (attempt(() => JSON.parse(text) as T) ?? null);
}

/** Storage may be switched off or full; then the tab remembers nothing and still works. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
