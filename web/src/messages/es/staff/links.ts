/** In Spanish: what a client's page says about their personal links. */

import type { links as English } from "../../en/staff/links.ts";

export const links: typeof English = {
  title: "Enlace personal",
  lead: "Un enlace abre los grupos de una sola persona, sin contraseña, durante 14 días. Páselo únicamente a ella. Los enlaces anteriores se quedan como están: retire los que nadie deba usar.",
  fetching: "Buscando los enlaces…",
  none: "Todavía no hay ningún enlace.",
  noPlace: "Un enlace se apoya en una inscripción, y no hay ninguna en curso.",
  toEnrolments: "A las inscripciones",
  program: "Para qué programa",
  make: "Crear un enlace",
  makeAnother: "Crear otro enlace",
  addressIs: "Su enlace, que se muestra solo esta vez:",
  copy: "Copiar el enlace",
  copied: "Copiado.",
  notCopied: "Su navegador no lo copió. Seleccione el enlace y cópielo usted.",
  list: "Enlaces hasta ahora",
  made: (when) => `Creado el ${when}`,
  until: (when) => `Abre hasta el ${when}`,
  expired: (when) => `Terminó el ${when}`,
  withdrawn: "Retirado",
  withdraw: "Retirar",
  withdrawThis: (when) => `Retirar el enlace creado el ${when}`,
  withdrawAsk: (when) => `¿Retirar el enlace creado el ${when}?`,
  withdrawMeans: {
    nothing: "Desde ahora no abre nada y no se puede recuperar. Si la persona entró con él, sale de la sala en cinco segundos.",
    rest: "Su inscripción, sus horas y sus otros enlaces se quedan.",
    back: "Para que vuelva a entrar, cree otro enlace y páselo.",
  },
  isWithdrawn: "El enlace está retirado.",
};
