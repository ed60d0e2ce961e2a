/** The words of staff's pages, with what both apps say. */

import { client } from "./client.ts";
import { access } from "./staff/access.ts";
import { attendance } from "./staff/attendance.ts";
import { clientParts } from "./staff/client-parts.ts";
import { clients } from "./staff/clients.ts";
import { clinic } from "./staff/clinic.ts";
import { codes } from "./staff/codes.ts";
import { guests } from "./staff/guests.ts";
import { firstRun } from "./staff/first-run.ts";
import { identity } from "./staff/identity.ts";
import { links } from "./staff/links.ts";
import { mail } from "./staff/mail.ts";
import { licences } from "./staff/licences.ts";
import { looks } from "./staff/looks.ts";
import { notes } from "./staff/notes.ts";
import { office } from "./staff/office.ts";
import { pages } from "./staff/pages.ts";
import { panel } from "./staff/panel.ts";
import { parts } from "./staff/parts.ts";
import { people } from "./staff/people.ts";
import { planning } from "./staff/planning.ts";
import { programs } from "./staff/programs.ts";
import { retention } from "./staff/retention.ts";
import { transfer } from "./staff/transfer.ts";
import { provider } from "./staff/provider.ts";
import { way } from "./staff/way.ts";

export const staff = { 
  ...client,
  access,
  attendance,
  clientParts,
  clients,
  clinic,
  codes,
  firstRun,
  guests,
  identity,
  licences,
  links,
  looks,
  mail,
  notes,
  office,
  pages,
  panel,
  parts,
  people,
  planning,
  programs,
  provider,
  retention,
  transfer,
  way,
};
