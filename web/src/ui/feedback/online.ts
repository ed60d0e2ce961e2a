/** Whether this device has a network, as its browser says. */

import { signal } from "@preact/signals";

export const online = signal(globalThis.navigator?.onLine ?? true);

globalThis.addEventListener?.("online", () => (online.value = true));
globalThis.addEventListener?.("offline", () => (online.value = false));
