/** In Spanish: what the pages about licences of staff say. */

import type { licences as English } from "../../en/staff/licences.ts";
import { pluralOf } from "../../plural.ts";

const plural = pluralOf("es");

export const licences: typeof English = {
  title: "Licencias",
  fetching: "Buscando las licencias…",
  none: "No hay ninguna licencia anotada.",
  kinds: {
    counsellor: "Consejería profesional", addiction_counsellor: "Consejería en adicciones", social_worker: "Trabajo social clínico",
    marriage_family: "Terapia matrimonial y familiar", psychologist: "Psicología", nurse: "Enfermería",
    nurse_practitioner: "Enfermería con práctica avanzada", physician_assistant: "Asistencia médica", physician: "Medicina",
    peer_specialist: "Apoyo entre pares",
  },
  since: (day) => `desde el ${day}`,
  over: "vencida",
  toCome: "por empezar",
  npiOf: (npi) => `NPI ${npi}`,
  add: "Agregar una licencia",
  correct: "Corregir",
  endToday: "Termina hoy",
  withdraw: "Anular",
  ended: "Hoy es el último día de la licencia.",
  withdrawn: "La licencia está anulada.",
  saved: "La licencia está guardada.",
  kind: "Tipo de licencia",
  state: "Estado",
  stateHelp: "Dos letras, como NY.",
  number: "Número",
  npi: "NPI",
  npiHelp: "Diez dígitos.",
  from: "Desde",
  to: "Último día",
  toHelp: "Deje esto vacío si la licencia no lo indica.",
  save: "Guardar",

  expiring: "Licencias que vencen",
  runsOut: (days, day) => plural(days, { one: `en 1 día, ${day}`, other: `en ${days} días, ${day}` }),
  ranOut: (day) => `venció, ${day}`,

  missing: {
    none: (kind) => kind,
    clinician: (kind) => `${kind}: nadie que dirige esta sesión tiene una licencia clínica vigente ese día.`,
    prescriber: (kind) => `${kind}: nadie que dirige esta sesión tiene una licencia para recetar vigente ese día.`,
  },

  rulesTitle: "Licencias que piden las sesiones",
  rulesLead: "Al menos una de las personas que dirigen una sesión debe tener lo que pide su tipo, o el tipo de cada bloque.",
  policy: "Cuando nadie la tiene",
  warn: "Advertir",
  warnMeans: "Quien planifica la sesión y quien la dirige leen una advertencia.",
  refuse: "Rechazar",
  refuseMeans: "Esa sesión no se puede planificar, y quienes la dirigen no la pueden iniciar. Una que ya empezó continúa.",
  policySaved: "Guardado.",
  askedToday: "Lo que se pide hoy",
  askedWords: { none: "ninguna licencia", clinician: "una licencia clínica", prescriber: "una licencia para recetar" },
  askedLater: "Por venir",
  fromDay: (day, kind, asked) => `Desde el ${day}: ${kind}, ${asked}`,
  change: "Cambiar lo que se pide",
  sessionKind: "Tipo de sesión o de bloque",
  asks: "Pide",
  ruleSaved: "Guardado. Los días anteriores conservan lo que pedían.",
};
