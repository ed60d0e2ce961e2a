/** In Spanish: what staff's pages around the room say: signing in, today's sessions, cancelling, and pages that cannot be shown. */

import type { pages as English } from "../../en/staff/pages.ts";
import { pluralOf } from "../../plural.ts";

const plural = pluralOf("es");

export const pages: typeof English = {
  opening: "Abriendo Vesper…",
  notShown: "Esta página no se puede mostrar",
  unknown: "Esta página no existe",
  unknownMeans:
    "Si llegó con un enlace personal, ábralo otra vez desde el mensaje que le mandó su programa. El personal encuentra las " +
    "sesiones de hoy en la primera página.",
  firstPage: "Ir a la primera página",

  signIn: "Iniciar sesión",
  signingIn: "Iniciando sesión…",
  signOut: "Cerrar sesión",
  forStaff: "Para facilitadores y personal.",
  email: "Correo electrónico",
  password: "Contraseña",
  hereForGroup: "¿Viene a un grupo? No necesita contraseña: abra el enlace personal que le mandó su programa.",

  today: "Sesiones de hoy",
  fetchingToday: "Buscando las sesiones de hoy…",
  noneToday: "Hoy no hay sesiones.",
  nothingKept: "No se guarda quién viene.",
  nobodyExpected: "Todavía no hay nadie en la lista.",
  expected: (count, names) => `${plural(count, { one: "Se espera a 1 cliente", other: `Se espera a ${count} clientes` })}: ${names}`,
  openRoom: "Abrir la sala",
  attendance: "Asistencia",
  ofSession: (title) => `de ${title}`,

  calledOff:
    "La sesión se canceló: a nadie se le acredita tiempo y nadie tiene falta. Quien puede cancelarla puede deshacerlo, en la " +
    "página de las sesiones de hoy o en su página de asistencia.",
  changedElsewhere: (phase) => `Otra persona cambió esta sesión desde que usted abrió esta página. Ahora está: ${phase}.`,
  reinstate: "Realizarla de todos modos",
  cancel: "Cancelar sesión",
  cancelAsk: (title) => `¿Cancelar ${title}?`,
  cancelYes: "Cancelar la sesión",
  cancelNo: "Dejarla",
  cancelMeans:
    "Quien esté esperando, y quien abra su enlace, leerá que no se va a realizar. A nadie se le acredita tiempo y nadie tiene " +
    "falta. Vesper no le manda mensaje a nadie: avise usted a las personas que se esperan.",
  why: "Por qué",
  takeBack: "Puede deshacerlo.",
};
