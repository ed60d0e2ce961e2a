/** In Spanish: the words of a client's pages: what both apps say. */

import type { client as English } from "../en/client.ts";
import { common } from "./common.ts";
import { devices } from "./devices.ts";
import { door } from "./door.ts";
import { hours } from "./hours.ts";
import { meetings } from "./meetings.ts";
import { privacy } from "./privacy.ts";
import { refusals } from "./refusals.ts";
import { room } from "./room.ts";
import { stage } from "./stage.ts";

export const client: typeof English = { common, devices, door, hours, meetings, privacy, refusals, room, stage };
