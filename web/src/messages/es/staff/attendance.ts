/** In Spanish: what the attendance page says. */

import type { attendance as English } from "../../en/staff/attendance.ts";
import { hour } from "../hour.ts";
import { pluralOf } from "../../plural.ts";

const plural = pluralOf("es");

export const attendance: typeof English = {
  fetching: "Buscando la asistencia…",
  attendance: "Asistencia",
  clients: "Clientes",
  nobody: "No se esperaba a nadie, y nadie vino.",
  workedOut: (position, policy, version) =>
    `Calculado del registro hasta la posición ${position} según la política ${policy}, versión ${version}.`,
  setAside:
    "Estos números no están al día. Esta versión no puede leer algo del registro de esta sesión, así que se dejó aparte con " +
    "los números de antes. No se pierde ningún minuto, y no se factura nada hasta que se pueda leer. Avise a su " +
    "administrador/a.",
  notFinal: "Estos números todavía no son definitivos: pueden aumentar hasta que el registro de la sesión esté completo.",
  factsSetAside: (count) =>
    plural(count, {
      one: "No se pudo guardar una entrada del registro de esta sesión. Se conserva, y estos números no la incluyen.",
      other: `No se pudieron guardar ${count} entradas del registro de esta sesión. Se conservan, y estos números no las incluyen.`,
    }),
  check: "Revise los números antes de confiar en ellos, y avise a su administrador/a.",
  neighbour:
    "No se puede leer completo el registro de otra sesión a la misma hora, con un cliente de esta. Cuando se pueda, algunos " +
    "minutos podrían pasar de una a otra. Avise a su administrador/a.",

  outcome: "Resultado",
  notOver: "Aún no termina",
  came: "Vinieron",
  clientCount: (count) => plural(count, { one: "1 cliente", other: `${count} clientes` }),
  net: "Sesión sin descansos",
  gap: "Sin facilitador/a",
  none: "Nada",
  noUnits: "Ninguna",

  excused: "justificada",
  credited: (exactly) => `acreditado (${exactly})`,
  connected: "Tiempo de conexión",
  billable: "Facturable",
  arrived: "Llegada",
  units: "Unidades",
  thisWeek: "Esta semana",
  remarks: "Retenciones y observaciones",
  notHere: "No vino",
  onTime: "A tiempo",
  afterStart: (time) => `${time} después del inicio`,
  pastCutOff: "tarde, pasado el límite",
  toGo: (time) => `faltan ${time}`,
  complete: "completa",
  weekOf: (credited, required, standing) => `${credited} de ${required} · ${standing}`,

  timelineOf: (name) => `Línea de tiempo de ${name}`,
  piece: (reason, time, from) => `${reason}, ${time}, desde ${hour(from)}`,
  colours: "Qué significan los colores",
  why: "Por qué estos números",
  whyFor: (name) => `de ${name}`,
  edges: (from, to) => `Desde: ${from}; hasta: ${to}.`,
  bound: (time) => `(puede ser hasta ${time} después)`,

  reasons: {
    present: "Presente",
    bridged: "Corte breve, acreditado",
    added_by_correction: "Agregado por una corrección",
    cancelled: "La sesión se canceló",
    break: "Descanso",
    no_facilitator: "Sin facilitador/a en la sala",
    in_another_session: "En otra sesión",
    denied: "No acreditado: demasiado tarde, o así se decidió en la puerta",
    removed_by_correction: "Quitado por una corrección",
    never_came: "No vino",
    not_yet_here: "Aún no había llegado",
    in_lobby: "En la sala de espera",
    left: "Había salido",
    lost: "Conexión perdida",
    outside_window: "Fuera de la sesión",
  },
  legend: {
    credited: "Presente", bridged: "Corte breve, acreditado", added: "Agregado por una corrección", break: "Descanso",
    taken: "No acreditado", lost: "Conexión perdida", absent: "No estaba",
  },
  knownBy: {
    left: "la persona salió", lost: "la última señal", node_lost: "la última señal", removed: "le sacaron de la sala",
    ended: "la sesión terminó", moved: "la sala se pasó a otro servidor", returned: "volvió a la sala de espera",
    opened: "la persona llegó", admitted: "le dejaron pasar", open: "sigue aquí", corrected: "una corrección",
    window: "el horario de la sesión", cancelled: "la cancelación", facilitator: "la presencia del/de la facilitador/a",
    another_session: "otra sesión", capacity: "el tamaño del grupo", break_began: "empezó el descanso",
    break_ended: "terminó el descanso",
  },
};
