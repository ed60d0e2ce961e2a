/** In Spanish: what a client's own hours say, and the code that they ask for. */

import type { hours as English } from "../en/hours.ts";

export const hours: typeof English = {
  open: "Mis horas",
  title: "Mis horas",
  fetching: "Buscando sus horas…",
  back: "Volver a la entrada",
  thisWeek: "Esta semana",
  weekFrom: (day) => `Semana del ${day}`,
  of: (soFar, required) => `${soFar} de ${required}`,
  days: (days, required) => `En ${days} de ${required} días`,
  counts: "Una sesión cuenta poco después de terminar. Si un número le parece equivocado, pregunte a su facilitador.",
  nothing: "0 horas",
  noSessionYet: "Todavía ninguna sesión",
  noSession: "Ninguna sesión",
  confirmTitle: "Confirme que es usted",
  confirmWhy:
    "Sus horas son privadas, y un enlace puede llegar a otra persona. Por eso enviamos un código de seis cifras a la " +
    "dirección de correo que su programa tiene de usted. Después, este navegador le recuerda durante 30 días.",
  send: "Envíenme un código",
  sendAgain: "Enviar otro código",
  sent: "Si su programa tiene una dirección de usted, el código está en camino. Funciona durante 10 minutos.",
  code: "Código",
  codeHelp: "Seis cifras, del correo más reciente",
  confirm: "Mostrar mis horas",
  changeAddress: "Cambiar mi correo para códigos",
  changeHow: "Enviamos un código a su dirección actual. Si ya no puede leer el correo allí, pida a su programa que la cambie.",
  sendToPresent: "Enviar un código a mi dirección actual",
  newAddress: "Nueva dirección de correo",
  newAddressHelp: "Solo suya. Revísela bien: los códigos futuros llegarán únicamente allí.",
  changeNow: "Cambiar la dirección",
  keepAddress: "Conservar la actual",
  addressChanged: "Listo. Los códigos futuros van a la dirección nueva. Los otros navegadores pedirán un código de nuevo.",
  copyTitle: "Todo sobre usted",
  copyMeans: "Un archivo para guardar: su expediente, su asistencia con los motivos, las notas firmadas, los consentimientos y quién miró. No contiene a nadie más. No está cifrado.",
  copyTake: "Descargar mi expediente",
  copyTaking: "Se prepara…",
  noMail: "¿No llegó nada? Mire en el correo no deseado, o pregunte a su programa si tiene su dirección correcta.",
};
