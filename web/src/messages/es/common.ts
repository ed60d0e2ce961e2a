/** In Spanish: what many pages say. */

import type { common as English } from "../en/common.ts";
import { hour, hourEnding } from "./hour.ts";

export const common: typeof English = {
  cancel: "Cancelar",
  close: "Cerrar",
  justAMoment: "Un momento",
  lookAgain: "Actualizar",
  signIn: "Iniciar sesión",
  tryAgain: "Intentar de nuevo",

  asOf: (at) => `Datos de ${hour(at)}`,
  asOfAgo: (at, minutes) => `Datos de ${hour(at)}, hace ${minutes} min`,
  stale: (sentence, at) => `${sentence} Lo que ve aquí es de ${hourEnding(at)}`,
  goneWrong: "No se pudo hacer.",
  whatHappens: "Lo que pasará:",
  whereYouAre: (time) => `${time} donde usted está`,
  cancelledTitle: "Esta sesión no se va a realizar",

  erased: "Borrado",
  noNetwork: "En este momento no podemos conectarnos con Vesper. Revise que tenga internet e intente de nuevo.",
  signedOut: "Su sesión de usuario se cerró. Iníciela otra vez en otra ventana de este navegador y luego intente de nuevo aquí.",
  noSentence: "Algo falló de nuestro lado. Intente de nuevo en un minuto; si sigue igual, avise a su programa.",

  kinds: {
    group: "Grupo", individual: "Individual", family: "Familiar", education: "Educación", skills: "Habilidades",
    expressive: "Terapia expresiva", medication: "Medicamentos", peer_support: "Apoyo entre pares", intake: "Admisión",
    intervention: "Intervención", support: "Apoyo", mutual_help: "Ayuda mutua",
  },
  untitled: (kind, program) => `${kind}, ${program}`,
};
