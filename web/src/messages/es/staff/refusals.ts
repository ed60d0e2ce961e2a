/** In Spanish: what the service refuses to staff alone, so that clients need not fetch it. */

import type { StaffRefusable } from "../../refusable.ts";

export const staffRefusals: Readonly<Record<StaffRefusable, string>> = {
  provider_away: "El proveedor de acceso de su clínica no responde. Intente de nuevo en un minuto.",
  provider_unusable: "El proveedor de acceso de su clínica no está configurado de modo que funcione aquí. Avise a su administrador/a.",
  provider_refused: "El proveedor de su clínica no le dejó entrar. Empiece de nuevo.",
  provider_attempt_over: "Tardó demasiado, ya se usó, o empezó en otra ventana u otro navegador. Empiece de nuevo.",
  not_linked:
    "Esa cuenta del proveedor no está vinculada con nadie que trabaje aquí. Acepte su invitación con ella, o inicie sesión con su " +
    "contraseña y vincúlela en Mi acceso.",
  token_of_another_issuer: "Respondió por usted otro proveedor que el de su clínica, así que no ha entrado. Avise a su administrador/a.",
  token_for_another: "El proveedor respondió por usted ante otra aplicación, así que no ha entrado. Avise a su administrador/a.",
  token_of_another_sign_in: "La respuesta del proveedor es de otro inicio de sesión. Empiece de nuevo.",
  token_not_signed: "La respuesta del proveedor no lleva su firma, así que no ha entrado. Avise a su administrador/a.",
  token_expired: "La respuesta del proveedor ya venció. Empiece de nuevo. Si eso no ayuda, avise a su administrador/a.",
  token_unreadable: "A la respuesta del proveedor le falta algo necesario. Avise a su administrador/a.",
  token_too_old:
    "El proveedor no le preguntó de nuevo quién es, o no dijo cuándo lo hizo, así que no ha entrado. Cierre la sesión allí y empiece " +
    "de nuevo, o avise a su administrador/a.",
};
