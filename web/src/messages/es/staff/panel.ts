/** In Spanish: what staff read at the room's door, in the room beside the faces, and from outside it. */

import type { panel as English } from "../../en/staff/panel.ts";
import { hour } from "../hour.ts";
import { pluralOf } from "../../plural.ts";

const plural = pluralOf("es");

export const panel: typeof English = {
  fetching: "Buscando la sesión…",
  enter: "Entrar a la sala",
  hasEnded: "Esta sesión ya terminó",
  areKept: "Su asistencia y sus notas se conservan.",
  attendanceAndNotes: "Asistencia y notas",

  forStaff: "Para el personal",
  forSupervisors: "Para supervisión",
  youObserve: "Usted observa esta sesión.",
  people: "Personas",
  peopleOrNote: "Personas o nota",
  waiting: "esperando",

  waitingTitle: (count) => plural(count, { one: "1 persona espera", other: `${count} personas esperan` }),
  waitingList: "En la sala de espera",
  waitingNow: (names) => `En la sala de espera: ${names}`,
  seeWho: "Ver quién",
  guestOf: (name) => `invitado/a de ${name}`,
  admitAll: "Dejar pasar a todos",
  startFirst: "Empiece la sesión y luego déjelos pasar.",
  since: (at) => `desde ${hour(at)}`,
  admit: "Dejar pasar",
  whom: (name) => `a ${name}`,

  counting: "Contando el tiempo hasta ahora…",
  alsoHere: "También aquí",
  noClients: "No hay clientes en la lista de esta sesión.",
  clients: "Clientes",
  creditedSoFar: "Acreditado hasta ahora",
  attendanceSoFar: "Asistencia hasta ahora",
  credited: (time) => `Acreditado: ${time}`,
  sentOut: "Fuera de la sesión",
  elsewhere: "También en otra sesión",
  more: (name) => `Más opciones para ${name}`,
  lateBy: (time) => `Llegó tarde: ${time}`,
  cameAfter: (time) => `Llegó ${time} después del inicio`,

  lobbyPresent: "Espera afuera hasta que usted le deje pasar de nuevo.",
  lobbyAway: "No está en este momento. Cuando vuelva, espera afuera hasta que usted le deje pasar.",
  lobbyMeans: "El tiempo en la sala de espera no se acredita.",
  toLobby: "Devolver a la sala de espera",
  letWait: "Que espere en la sala de espera",
  leaveNow: "Sale de inmediato.",
  notHereNow: "No está aquí ahora.",
  removeMeans: "No puede entrar hasta que usted le deje volver, y el tiempo entre tanto no se acredita.",
  remove: "Sacar de la sesión",
  keepOut: "No dejar entrar a la sesión",

  start: "Empezar la sesión",
  startBreak: "Empezar descanso",
  endBreak: "Terminar descanso",
  moreTime: "Más tiempo",
  end: "Terminar sesión",
  endAsk: "¿Terminar la sesión para todos?",
  endYes: "Terminar para todos",
  endNo: "Continuar",
  endMeans: "El tiempo de todos cuenta hasta este momento, y nadie puede volver a entrar. Su nota se conserva.",
  howMuch: "¿Cuánto tiempo más?",
  extendMeans: "Solo cuenta el tiempo dentro de la sesión; por eso, indíquelo antes del final y no después.",
  extendBy: (minutes, until) => `${minutes} minutos, hasta ${hour(until)}`,

  inTheRoom: "En la sala ahora",
  nobodyInside: "No hay nadie en la sala.",
  here: "Aquí",
  youAreFacilitator: "Usted está ahora a cargo de esta sesión. Abra la sala para dirigirla.",
  letBack: "Dejar volver",
  letBackAsk: (name) => `¿Dejar que vuelva ${name}?`,
  letBackMeans:
    "Puede abrir la sesión de nuevo. Los clientes esperan entonces en la sala de espera hasta que usted les deje pasar. El " +
    "tiempo que estuvo fuera no se acredita.",
  sendOut: "Sacar",
  sendOutAsk: (name) => `¿Sacar a ${name}?`,
  sendOutMeans: "Sale de la sala en segundos y no puede volver hasta que le dejen entrar. Esto se registra con el nombre de usted.",
  canRun: "Cuando no hay facilitador/a en la sala, usted puede dirigir esta sesión.",
  takeOver: "Hacerme responsable",
  takeOverAsk: "¿Hacerse responsable de esta sesión?",
  takeOverMeans:
    "Usted pasa a facilitar la sesión: dirige la sala, y el tiempo de los clientes cuenta mientras usted esté dentro. Esto se " +
    "registra con su nombre.",
  why: "Por qué",
};
