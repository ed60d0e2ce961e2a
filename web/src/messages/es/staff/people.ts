/** In Spanish: what the pages about staff say. */

import type { people as English } from "../../en/staff/people.ts";
import { pluralOf } from "../../plural.ts";

const plural = pluralOf("es");

export const people: typeof English = {
  title: "Quién trabaja aquí",
  lead: (count) => plural(count, { one: "1 persona", other: `${count} personas` }),
  fetching: "Buscando quién trabaja aquí…",
  find: "Buscar a alguien",
  findHelp: "Una parte de un nombre, de una dirección o de una función",
  nobodyFound: "Nadie coincide. Pruebe con menos letras.",
  table: "Personal",
  name: "Nombre",
  roles: "Funciones",
  state: "Estado",
  email: "Correo electrónico",
  noRole: "Sin función",
  roleWords: {
    administrator: "Administración", supervisor: "Supervisión", facilitator: "Facilitación", prescriber: "Prescripción",
    biller: "Facturación", auditor: "Auditoría",
  },
  stateWords: { invited: "Con invitación", active: "Con acceso", off: "Acceso desactivado" },
};
