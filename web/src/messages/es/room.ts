/** In Spanish: what the lobby, the room and its end say to everybody. */

import type { room as English } from "../en/room.ts";
import { hour, hourEnding } from "./hour.ts";

export const room: typeof English = {
  yourSession: "Su sesión",
  connecting: "Estamos conectándole… Seguimos intentando.",
  reload: "Recargar y volver",
  stuck: {
    unreachable:
      "No podemos conectarnos con la sala. Revise que tenga internet. Seguimos intentando, y usted volverá a entrar en " +
      "cuanto responda.",
    link:
      "La sala no responde, y su enlace personal ya no abre. Seguimos intentando que vuelva a entrar sin él. Si tarda " +
      "demasiado, pida un enlace nuevo a su programa y ábralo.",
    signed_out:
      "La sala no responde, y su sesión de usuario se cerró. Seguimos intentando. Iníciela otra vez en otra ventana de " +
      "este navegador: esta página volverá sola, y lo que escribió aquí se queda.",
    denied:
      "La sala no responde, y no encontramos otra manera de que usted entre. Seguimos intentando. Si sigue así, pregunte " +
      "a su programa si está en la lista de esta sesión.",
  },

  lobby: "Está en la sala de espera",
  nothingToDo: "No tiene que hacer nada: entrará en cuanto su facilitador/a le deje pasar.",
  returned: "Su facilitador/a le pidió que espere aquí un rato.",
  underWay: "La sesión ya está en curso. El personal que está en la sala puede dejarle pasar.",
  startsAt: (at, time) => `La sesión empieza a ${hour(at)}, en ${time}.`,
  notStarted: "La sesión todavía no ha empezado.",

  breakSince: (at) => `Descanso desde ${hour(at)}`,
  startsIn: (time) => `Empieza en ${time}`,
  plannedFor: (at) => `Programada para ${hour(at)}`,
  left: (time, end) => `Faltan ${time} · termina a ${hour(end)}`,
  plannedEnd: (end) => `Debía terminar a ${hour(end)}`,

  dropped: (until) => `Se cortó su conexión. Reconectando… Su tiempo está guardado hasta ${hourEnding(until)}`,
  mediaStopped: "Se cortaron el sonido y la imagen. Los estamos conectando de nuevo; usted sigue aquí.",
  notDone: "Eso no se hizo, porque ahora no hay conexión. Intente de nuevo cuando vuelva la conexión.",
  tapToHear: "Toque para oír al grupo",
  controls: "Sus controles",
  settings: "Ajustes",
  done: "Listo",

  leave: "Salir",
  leaveAsk: "¿Salir de la sesión?",
  stay: "Quedarme",
  leaveMeans: "Su tiempo cuenta hasta este momento. Puede volver mientras dure la sesión.",

  endings: {
    left: "Usted salió de la sesión",
    ended: "La sesión terminó",
    cancelled: "Esta sesión no se va a realizar",
    removed: "Usted ya no está en esta sesión",
    withdrawn: "Usted ya no está en esta sesión",
    refused: "Por ahora no puede entrar",
  },
  timeRecorded: "El tiempo que estuvo aquí quedó registrado. Si salió por error, puede volver a entrar.",
  thanks: "Gracias por haber estado aquí. El tiempo que estuvo quedó registrado.",
  comeBackIn: "Volver a entrar",
  seeNext: "Ver lo que sigue",
};
