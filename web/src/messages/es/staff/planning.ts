/** In Spanish: what is said in `en/staff/planning.ts`. */

import type { planning as English } from "../../en/staff/planning.ts";

export const planning: typeof English = {
  fetching: "Buscando el programa y sus personas…",
  new: "Planificar una sesión",
  newLead: "Una sesión, con las personas que vienen y quien la dirige.",
  noProgram: "Todavía no hay ningún programa. Añada uno primero, en Programas.",
  program: "Programa",
  title: "Título",
  titleHelp: "Los pacientes lo leen en la puerta. Sin título, leen el tipo y el programa.",
  kind: "Tipo",
  ownKind: (name, kind) => `${name} (cuenta como ${kind})`,
  mutualHelp: (program) =>
    `Puede venir toda persona inscrita en ${program}, con su propio enlace. La recibe quien dirige salas. No se guarda nada: ni lista, ni asistencia, ni notas, y no cuenta para las horas.`,
  day: "Día",
  time: "Empieza a las",
  shape: "Cuánto dura",
  shapes: {
    evening: "Una tarde: 90 minutos, 15 minutos de pausa, 90 minutos de habilidades",
    two_hours: "Dos horas",
    ninety: "90 minutos",
    hour: "Una hora",
  },
  leader: "Quién dirige",
  second: "Quién ayuda a dirigir",
  nobody: "Nadie",
  clients: "Quién viene",
  staff: "Quién dirige y quién ayuda",
  missing: { day: "Diga qué día es.", time: "Diga a qué hora empieza." },
  plan: "Planificar",
  planned: (title, when) => `Planificada: ${title}, ${when}.`,
  changeRoster: "Quién viene",
  rosterOf: (title) => `Quién viene a ${title}`,
  saveRoster: "Guardar quién viene",
  rosterSaved: "Guardado. Quien se añadió puede venir; quien se quitó, no.",
  coming: "Las próximas dos semanas",
  comingLead: "Lo que está planificado desde ahora, para 14 días.",
  fetchingComing: "Buscando las próximas sesiones…",
  noneComing: "No hay ninguna sesión planificada para las próximas dos semanas.",
  ledBy: (names) => `Dirige: ${names}`,
  ledByNobody: "Todavía no la dirige nadie.",
};
