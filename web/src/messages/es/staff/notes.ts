/** In Spanish: what is said about notes, where they are written and where they are signed. */

import { hour, hourEnding } from "../hour.ts";
import type { notes as English } from "../../en/staff/notes.ts";

export const notes: typeof English = {
  notes: "Notas",
  fetching: "Buscando las notas…",
  none: "Aquí no hay ninguna nota que usted pueda leer. Lo que el personal escribe en la sala aparece aquí, para quien lo escribió.",
  wholeGroup: "Todo el grupo",
  signed: "Firmada",
  notSigned: "Sin firmar",
  unreadable: (at) =>
    `Esta nota, guardada ${at}, no se puede abrir en este servidor, así que no se puede mostrar ni firmar. Lo escrito se ` +
    "conserva. Avise a su administrador/a: puede que falte la clave con la que se escribió.",
  unreadableDraft:
    "Hay un borrador más nuevo de esta nota que no se puede abrir en este servidor. Abajo está el texto anterior; si lo firma, " +
    "el borrador no será parte de la nota. Para esperar el borrador, avise a su administrador/a: puede que falte su clave.",
  signedBy: (signer, at, version) => `Firmada por ${signer}, ${at}. Versión ${version}; ya no se puede cambiar.`,
  savedAt: (at) => `Guardada a ${hour(at)}`,
  keptWhenSigned: "Sus cambios se guardan aquí cuando firme.",
  signThis: "Firmar esta nota",
  signAsk: "¿Firmar esta nota?",
  sign: "Firmar",
  signMeans: "Firma el texto tal como está ahora. Una nota firmada no se puede cambiar; después solo se le puede agregar.",
  showSigned: "Mostrar la nota firmada",
  keepMine: "Quedarme con la mía",
  takeOther: "Tomar la otra",
  putTogether: "Juntar las dos",
  signedMeanwhile: "Esta nota se firmó mientras tanto. Este es el texto firmado; el suyo está abajo, para que pueda copiar de él.",
  changedElsewhere: (at) =>
    `Esta nota se cambió en otro lugar a ${hourEnding(at)} No se firmó nada. Este es el otro texto; el suyo está abajo.`,
  full: (characters) => `Esta nota está llena: caben ${characters} caracteres, y nada de lo que se escriba o pegue después.`,

  about: "Nota sobre",
  note: "Nota",
  placeholder: "Lo que escriba aquí se guarda mientras escribe.",
  fetchingBefore: "Buscando lo que escribió antes…",
  isSigned: "Esta nota está firmada. Se puede leer en la página de asistencia.",
  beginEmpty: "Empezar una nota vacía",
  notRestored:
    "No pudimos traer lo que escribió antes. Está a salvo. Una nota que empiece ahora lo reemplaza; si había escrito algo, " +
    "intente primero de nuevo.",
  nothingNew: "Todavía no hay nada que guardar.",
  saving: "Guardando…",
  notSavedYet: "Aún no se guarda: se guardará en cuanto vuelva la conexión.",
  unsaved:
    "La conexión terminó antes de que el servicio confirmara que esto se guardó. Cópielo antes de salir de esta página y luego " +
    "revise las notas.",
  notConfirmed: "Sin confirmar que se guardó",
};
