/** In Spanish: what the service refuses, and what the room says last. */

import type { Refusable, StaffRefusable } from "../refusable.ts";

export const refusals: Readonly<Record<Exclude<Refusable, StaffRefusable>, string>> = {
  invalid_input: "Falta algo en lo que mandó, o algo no tiene la forma correcta. Revíselo e intente de nuevo.",
  malformed: "No se pudo leer lo que mandó esta página. Recárguela e intente de nuevo.",
  wrong_content_type: "No se pudo leer lo que mandó esta página. Recárguela e intente de nuevo.",
  too_large: "Es demasiado largo. Acórtelo y mándelo de nuevo.",
  request_too_slow: "No llegó a tiempo. Mándelo de nuevo.",
  not_found: "Lo que busca no existe o ya no está aquí.",
  method_not_allowed: "Eso no se puede hacer aquí.",
  conflict: "Otra persona cambió esto mientras tanto. Cárguelo de nuevo y repita su cambio.",
  not_signed_in: "Inicie sesión, por favor.",
  locked: "Esta página está bloqueada, porque nadie la usó durante un rato. Confirme que es usted.",
  factor_missing: "Su clínica pide un segundo paso al iniciar sesión. Agregue uno primero.",
  confirmation_wanted: "Confirme una vez más que es usted, y esto sigue.",
  wrong_factor: "Ese código no es correcto o ya se usó. Espere el siguiente y escriba ese.",
  reset_unknown: "Este enlace ya no sirve. Pida uno nuevo: cada enlace sirve una vez, durante 30 minutos.",
  wrong_credentials: "Ese correo electrónico y esa contraseña no corresponden.",
  too_many_attempts: "Demasiados intentos. Espere unos minutos y pruebe de nuevo.",
  forbidden: "Su función no permite hacer esto.",
  wrong_origin: "Esta solicitud vino de otra página web. Abra Vesper directamente e intente de nuevo.",
  session_set_aside:
    "No se puede calcular la asistencia de esta sesión: esta versión no puede leer algo de su registro. No se pierde nada, y " +
    "no se factura nada hasta que se pueda leer. Avise a su administrador/a.",
  link_unknown: "Este enlace no es válido. Pida uno nuevo a su programa.",
  identity_needed: "Confirme primero que es usted, con un código que enviamos a su correo electrónico.",
  wrong_code:
    "Ese no es el código de nuestro último mensaje, o tiene más de diez minutos. Pida uno nuevo. Después de cinco códigos " +
    "equivocados, solo su programa puede ayudarle.",
  link_expired: "Este enlace ya venció. Pida uno nuevo a su programa.",
  link_revoked: "Este enlace se anuló. Pida uno nuevo a su programa.",
  rule_not_agreed: "Acepte primero la regla de confidencialidad. Está en la página que abre su enlace.",
  deactivated: "Su acceso está desactivado. Pregunte a su programa.",
  place_changed: "Su lugar en esta sesión cambió. Estamos viendo si puede volver a entrar.",
  licence_missing:
    "Nadie que dirige esta sesión tiene la licencia que la sesión pide. Pregunte a un administrador de su clínica.",
  not_on_roster: "No está en la lista de esta sesión. Pregunte a su facilitador/a.",
  on_leave: "Está de permiso, así que por ahora no se le abren los grupos. Llame a su programa cuando quiera volver.",
  discharged: "Su tiempo en este programa terminó y sus grupos ya no se le abren. Siempre puede llamarnos.",
  session_not_open: "Esta sesión no está abierta ahora.",
  session_over: "Esta sesión ya terminó.",
  session_cancelled: "Esta sesión se canceló y no se va a realizar. No tiene que esperar.",
  session_begun: "Esta sesión ya empezó, y la asistencia de las personas no se puede cancelar. Termínela desde la sala.",
  rooms_unavailable: "En este momento no podemos conectarnos con las salas. No tiene que hacer nada: seguimos intentando.",
  database_away: "En este momento no podemos leer los registros. Intente de nuevo en un minuto.",
  ticket_missing: "La conexión tardó demasiado en presentarse. Intente de nuevo.",
  ticket_forged: "Ese pase no es de este servicio. Entre de nuevo.",
  ticket_expired: "Ese pase ya venció. Entre de nuevo.",
  ticket_used: "Ese pase ya se usó. Entre de nuevo.",
  ticket_for_another_node: "Ese pase es para otro servidor. Entre de nuevo.",
  removed_from_session: "Le pidieron salir de esta sesión. Si fue un error, su facilitador/a puede dejarle entrar otra vez.",
  has_facilitator: "Hay un facilitador o una facilitadora en la sala. Hable primero con esa persona, o sáquela de la sala.",
  already_joined: "Esta conexión ya entró.",
  bad_message: "El servidor no entiende ese mensaje. Recargue la página.",
  too_many_sockets: "Hay demasiadas conexiones esperando desde su red. Intente de nuevo en un minuto.",
  not_admitted: "Espere a que le dejen pasar.",
  note_already_signed: "Esta nota ya está firmada. Agregue un anexo.",
  note_unreadable:
    "Esta nota no se puede abrir en este servidor, así que no se puede firmar. Lo escrito se conserva. Avise a su " +
    "administrador/a: puede que falte la clave con la que se escribió.",

  internal_error: "Algo falló de nuestro lado. Intente de nuevo, por favor.",
  media_refused: "No se pudieron conectar la cámara y el micrófono. Recargue la página para intentar de nuevo.",

  left: "Usted salió de la sesión.",
  ended: "La sesión terminó. Gracias por haber estado aquí.",
  cancelled: "Esta sesión se canceló y no se va a realizar. No tiene que esperar.",
  moved: "La sala se está pasando a otro servidor. En un momento volverá a conectarse.",
  too_slow: "Esta página mandó más mensajes de los que el servicio acepta. Le estamos conectando otra vez.",
  removed: "Le pidieron salir de esta sesión. Si fue un error, hable con su programa: puede dejarle entrar otra vez.",
  withdrawn: "Usted ya no está en la sesión. Pregunte a su programa.",
  changed: "Su lugar en esta sesión cambió. Estamos viendo si puede volver a entrar.",
  signed_out: "Su sesión de usuario se cerró, y por eso salió de la sesión. Iníciela otra vez y vuelva a abrir la sesión.",
};
