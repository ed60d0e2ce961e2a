/** In Spanish: what a client's own log of mutual-help meetings says. */

import type { meetings as English } from "../en/meetings.ts";

export const meetings: typeof English = {
  open: "Mis reuniones",
  title: "Mis reuniones",
  lead: "Su propia lista de reuniones de ayuda mutua. Es suya: su equipo la ve solo mientras usted la comparte. No escriba nombres de otras personas.",
  fetching: "Buscando su lista…",
  why:
    "Esta lista es privada, y un enlace puede llegar a otra persona. Por eso enviamos un código de seis cifras a la " +
    "dirección de correo que su programa tiene de usted. Después, este navegador le recuerda durante 30 días.",
  show: "Mostrar mis reuniones",
  add: "Añadir una reunión",
  day: "Día",
  kind: "Tipo de reunión",
  kinds: { twelve_step: "Doce pasos", secular: "Laica", faith: "Religiosa", other: "De otro tipo" },
  homeGroup: "Fue en mi grupo base",
  sponsor: "Me reuní con mi padrino o madrina",
  none: "Todavía no hay nada anotado.",
  remove: "Quitar",
  shareTitle: "Quién la ve",
  sharedNow: "Su equipo ve esta lista.",
  notShared: "Solo usted ve esta lista.",
  share: "Compartirla con mi equipo",
  unshare: "Dejar de compartir",
  unshareMeans: "Cuando deja de compartirla, ya no ven nada de ella, como si no hubiera lista.",
};
