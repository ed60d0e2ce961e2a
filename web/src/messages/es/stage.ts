/** In Spanish: what the grid of faces says. */

import type { stage as English } from "../en/stage.ts";

export const stage: typeof English = {
  inTheRoom: "En la sala",
  alone: "Por ahora no hay nadie más aquí. Los demás aparecerán cuando entren.",
  you: "Usted",
  youNamed: (name) => `Usted, ${name}`,
  ownPicture: "Su propia imagen",
  pictureOf: (name) => `Imagen de ${name}`,
  screenOf: (name) => `Pantalla de ${name}`,
  cannotShow: "Este navegador no puede mostrar la imagen",
  away: "Ausente",
  awayNamed: (name) => `${name}, ausente: puede volver`,
  facilitator: "facilitador/a",
  cameraOff: "cámara apagada",
  microphoneOff: "micrófono apagado",
};
