/** In Spanish: everything the pages say about who sees and hears a person. */

import type { privacy as English } from "../en/privacy.ts";

export const privacy: typeof English = {
  standing: {
    client_door:
      "En la sala de espera, nadie le ve ni le oye desde esta página. Si ya le dejaron entrar antes, puede que pase " +
      "directamente al grupo, con la cámara y el micrófono apagados.",
    staff_door:
      "Si usted es parte del personal de esta sesión, pasa directamente a la sala: todos los que están ahí le ven y le oyen " +
      "según tenga aquí la cámara y el micrófono. Las demás personas esperan en la sala de espera hasta que las dejen pasar.",
    lobby:
      "Nadie le ve ni le oye desde esta página. Cuando le dejen entrar, la cámara y el micrófono estarán como los tenga aquí.",
    resting:
      "Ya está de vuelta en el grupo. Su cámara y su micrófono están apagados: nadie le ve ni le oye desde esta página hasta " +
      "que usted los encienda.",
    sending_broken: "Es posible que los demás no le vean o no le oigan en este momento. Le estamos conectando otra vez.",
    line_broken: "Es posible que los demás todavía le vean y le oigan.",
    sharing: "Está compartiendo su pantalla: todos los que están en la sala la ven.",
    over: "La cámara y el micrófono de esta página están apagados. Puede cerrarla.",
  },
  cameraOff: "Su cámara está apagada. No hay problema: en el grupo, los demás ven su primer nombre y una letra.",
  hideOwn: "Ocultarme mi propia imagen. Los demás la ven siempre que su cámara esté encendida.",
  otherDevice: "Si entró también con otro dispositivo, ese sigue dentro hasta que salga desde ahí.",
  paused: "Para los demás es como si usted lo hubiera apagado.",
};
