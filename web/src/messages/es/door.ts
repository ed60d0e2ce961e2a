/** In Spanish: what a client's door says. */

import type { door as English } from "../en/door.ts";
import { hourEnding } from "./hour.ts";

export const door: typeof English = {
  hello: (name) => `Hola, ${name}`,
  opening: "Abriendo su enlace…",
  notOpened: "Este enlace no abre",
  noLinkTitle: "Abra su enlace personal",
  noLink:
    "Su programa le mandó un enlace solo para usted, por correo electrónico o mensaje. Ábralo desde ahí. Si no lo " +
    "encuentra, pida uno nuevo a su programa.",
  seenAs: "En la sala le llaman",
  seenAsMeans: "No su nombre completo: solo lo conoce el personal. También puede cambiarlo para la próxima sesión.",
  otherAlias: "Cambiar",
  chooseAlias: "Su nombre en la sala",
  invitedBy: (name) => `${name} está de acuerdo en que usted venga como invitado/a. Un facilitador o una facilitadora le dejará entrar.`,
  ruleTitle: "Lo que usted acepta",
  agree: "Acepto",
  ruleAgreed: "Usted ya aceptó esto.",
  enter: "Entrar a la sala de espera",
  stay: "Puede quedarse en esta página. El botón para entrar aparecerá aquí solo.",
  calledOff: "Su programa la canceló. No tiene que esperar, y no cuenta como una falta suya.",
  questions: "Si tiene preguntas, hable con su facilitador/a o con su programa, como siempre.",
  nothingPlanned: (program) =>
    `Por ahora no hay nada programado para usted en ${program}. Su enlace sigue sirviendo: ábralo otra vez el día de su próxima sesión.`,
  onLeave: "Está de permiso, así que por ahora no se le abren los grupos. Llame a su programa cuando quiera volver.",
  discharged: "Su tiempo en este programa terminó y sus grupos ya no se le abren. Siempre puede llamarnos.",
  lobbyOpens: (at) => `La sala de espera abre a ${hourEnding(at)}`,
  lobbyOpensThatDay: (at) => `La sala de espera abre ese día a ${hourEnding(at)}`,
  startsIn: (time) => `Empieza en ${time}.`,
  isTime: "Es la hora. Entre cuando esté a gusto.",
  hasStarted: "Ya empezó. Entre cuando esté a gusto.",
};
