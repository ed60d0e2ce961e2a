/** Lo que dicen las partes de la página de un cliente sobre horas, sesiones y consentimientos. */

import type { clientParts as english } from "../../en/staff/client-parts.ts";

export const clientParts: typeof english = {
  hours: {
    fetching: "Cargando las horas…",
    nowhere: "Este cliente aún no estuvo en ningún programa, así que no hay horas.",
    week: "Semana",
    weekOf: (day) => `Semana del ${day}`,
    counted: "Acreditado",
    thisWeek: (soFar) => `Esta semana: ${soFar}`,
    thisWeekOf: (soFar, required) => `Esta semana: ${soFar} de ${required}`,
    days: (days, required) => `días: ${days} de ${required}`,
    means: "En estas horas solo están los tipos de sesión que cuentan para lo requerido. Una sesión cuenta cuando su asistencia está calculada.",
  },
  sessions: {
    fetching: "Cargando las sesiones…",
    noneYet: "Ninguna sesión de este cliente que usted pueda ver tiene asistencia todavía.",
    latest: (count) => `Estas son las últimas ${count} sesiones.`,
    session: "Sesión",
    outcome: "Resultado",
    runs: "Aún no ha terminado",
    there: "Conectado",
  },
  consents: {
    fetching: "Cargando los consentimientos…",
    noneYet: "No hay ningún consentimiento de este cliente en el archivo.",
    to: "Para quién",
    what: "Para qué",
    since: "Desde",
    until: "Hasta",
    openEnd: "hasta su revocación",
    now: "Hoy",
    stands: "Vigente",
    over: "Terminado",
    revoked: (day) => `Revocado el ${day}`,
    anybody: "Todos los que tratan, pagan o ayudan a operar",
    somebodyClose: "Alguien cercano al cliente",
    purposes: {
      treatment_payment_operations: "Tratamiento, pago y operaciones", counselling_notes: "Notas de consejería",
      legal: "Procesos legales", involvement_in_care: "Participar en la atención",
    },
    scopes: {
      attend: "Venir a las sesiones", hear_progress: "Saber cómo va el tratamiento", emergency_only: "Ser llamado en una emergencia",
    },
  },
};
