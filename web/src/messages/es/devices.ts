/** In Spanish: what the pages say about a microphone, a camera and a speaker. */

import type { devices as English } from "../en/devices.ts";
import type { Kind } from "../../media/trouble.ts";

const NAMES: Record<Kind, string> = { microphone: "micrófono", camera: "cámara" };
const WITH_ARTICLE: Record<Kind, string> = { microphone: "el micrófono", camera: "la cámara" };
const both = (kinds: readonly Kind[], names = WITH_ARTICLE) => kinds.map((kind) => names[kind]).join(" y ");
/** Con «a», que se une al artículo masculino. */
const to = (kinds: readonly Kind[]) => `a ${both(kinds)}`.replace("a el ", "al ");

export const devices: typeof English = {
  check: "¿Cómo se ve y se oye?",
  microphone: "Micrófono",
  camera: "Cámara",
  speaker: "Bocina",
  mic: "Micro",
  on: { microphone: "encendido", camera: "encendida" },
  off: { microphone: "apagado", camera: "apagada" },
  shareScreen: "Compartir pantalla",
  stopSharing: "Dejar de compartir",
  which: (kinds) => both(kinds, NAMES),
  turnOn: (kinds) => `Encender ${both(kinds)}`,

  startingMicrophone: "Encendiendo su micrófono… Si su navegador pregunta, elija «Permitir».",
  startingCamera: "Encendiendo su cámara… Si su navegador pregunta, elija «Permitir».",
  turnOnToTest: "Encienda su micrófono para probarlo.",
  works: "Su micrófono funciona.",
  sayAFewWords: "Diga unas palabras: si la barra se mueve, su micrófono funciona.",
  testNotStarted:
    "Su navegador no ha empezado esta prueba. Toque «Empezar la prueba». Si la barra sigue sin moverse, conecte una bocina " +
    "o unos audífonos, o entre sin hacer la prueba.",
  startTest: "Empezar la prueba",

  trouble: {
    denied: (kinds) =>
      `Su navegador no deja que Vesper use ${both(kinds)}. Toque el icono junto a la dirección, arriba en la ventana, dé ` +
      `permiso ${to(kinds)} y toque «Intentar de nuevo». En un teléfono, busque también su navegador en Ajustes.`,
    missing: (kinds) =>
      `No encontramos ${both(kinds)}. Si hay un cable o un interruptor, revíselo y toque «Intentar de nuevo».`,
    busy: (kinds) =>
      `Parece que otro programa está usando ${both(kinds)}. Cierre otras videollamadas y toque «Intentar de nuevo».`,
    unsupported: (kinds) =>
      `Este navegador no puede usar ${both(kinds)} aquí. Un Chrome, Edge, Firefox o Safari reciente sí puede.`,
  },
  paused: (kinds, means) =>
    `Su dispositivo detuvo ${both(kinds)}, como hacen los teléfonos durante una llamada. ${means} Volverá por sí solo cuando termine la llamada; si no, toque «Intentar de nuevo».`,
};
