/** What this tab remembers, and for how long: until it is closed, except the choice of devices, which stays. */

import type { Instant, TicketView } from "./api.gen.ts";
import type { Known } from "./signaling/line.ts";

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

const LINK = "vesper.link";
const RETURN = "vesper.return";
const SWITCHES = "vesper.switches";
const DEVICES = "vesper.devices";
const REVISION = "vesper.revision";
const SAVED = "vesper.saved";

export const link = kept<string>(() => sessionStorage, LINK);
export const comeBack = kept<Return>(() => sessionStorage, RETURN);
export const switches = kept<Switches>(() => sessionStorage, SWITCHES);
export const deviceChoice = kept<DeviceChoice>(() => localStorage, DEVICES);
/** The number of the last save of a note. */
export const lastRevision = kept<number>(() => sessionStorage, REVISION);
/** When a draft of this session was last confirmed; the text itself is kept on no device. */
export const lastSaved = (session: string): Kept<Instant> => kept<Instant>(() => sessionStorage, `${SAVED}.${session}`);

/** The secret of a personal link: taken out of the address, so that it is neither seen nor copied, and kept. */
export function takeLink(): string | null {
  const secret = location.hash.slice(1);
  if (secret === "") return link.read();
  history.replaceState(null, "", location.pathname);
  if (link.read() !== secret) comeBack.forget();
  link.keep(secret);
  return secret;
}

export interface Kept<T> {
  read(): T | null;
  keep(value: T): void;
  forget(): void;
}

function kept<T>(where: () => Storage, key: string): Kept<T> {
  return {
    read: () => parsed<T>(attempt(() => where().getItem(key)) ?? null),
    keep: (value) => void attempt(() => where().setItem(key, JSON.stringify(value))),
    forget: () => void attempt(() => where().removeItem(key)),
  };
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
