/** What this tab remembers, and for how long: until it is closed, except the choice of devices, which stays. */

import type { Known } from "./signaling/line.ts";
import type { TicketView } from "./wire/api.gen.ts";

/** How to come back without ticket or lobby: to whom to show what. */
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

/** A value under `key`, in the storage that `where` gives. */
export function kept<T>(where: () => Storage, key: string): Kept<T> {
  return {
    read: () => parsed<T>(attempt(() => where().getItem(key)) ?? null),
    keep: (value) => void attempt(() => where().setItem(key, JSON.stringify(value))),
    forget: () => void attempt(() => where().removeItem(key)),
  };
}

/** Forget everything whose key begins so. */
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
