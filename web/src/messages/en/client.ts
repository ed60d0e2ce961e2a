/** The words of a client's pages: what both apps say. */

import { common } from "./common.ts";
import { devices } from "./devices.ts";
import { door } from "./door.ts";
import { hours } from "./hours.ts";
import { meetings } from "./meetings.ts";
import { privacy } from "./privacy.ts";
import { refusals } from "./refusals.ts";
import { room } from "./room.ts";
import { stage } from "./stage.ts";

export const client = { common, devices, door, hours, meetings, privacy, refusals, room, stage };
