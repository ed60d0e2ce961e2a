/** In Spanish: what is said in `en/staff/clinic.ts`. */

import type { clinic as English } from "../../en/staff/clinic.ts";

export const clinic: typeof English = {
  title: "La clínica",
  lead: "Lo que vale para todas las personas de aquí.",
  name: "Nombre de la clínica",
  nameHelp: "Pacientes y personal lo ven en las páginas y en los correos.",
  zone: "Zona horaria",
  language: "Idioma",
  languageHelp: "Las invitaciones al personal se escriben en él. Cada quien elige el idioma de sus propias páginas.",
  languages: { en: "Inglés", es: "Español" },
  save: "Guardar",
  saved: "Guardado.",
  alsoSet: "También vale para toda la clínica",
  firstRunLeft: "La puesta en marcha de su clínica no está terminada.",
  firstRunShow: "Ver lo que falta",

  tokens: "Claves de la API",
  tokensLead: "Con una clave, su sistema de facturación lee lo que se declaró de las sesiones, y nada más.",
  tokensNone: "No hay ninguna clave.",
  tokenName: "Nombre del sistema",
  tokenNameHelp: "Los consentimientos lo nombran como destinatario.",
  makeToken: "Crear una clave",
  tokenMade: (name) => `La clave de ${name}`,
  tokenOnce: "Se muestra solo ahora. Póngala en el otro sistema antes de dejar esta página.",
  tokenStays: "Vale hasta que se anule",
  tokenUntil: (day) => `Vale hasta el ${day}`,
  revoke: "Anular",
  revoked: "Anulada",
  revokeAsk: (name) => `¿Anular la clave de ${name}?`,
  revokeMeans: "Desde ahora no lee nada. Esto no se puede deshacer; puede crear una clave nueva.",
  tokenRevoked: (name) => `La clave de ${name} está anulada.`,
};
