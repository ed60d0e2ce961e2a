/** In Spanish: what the outbox says. */

import type { mail as English } from "../../en/staff/mail.ts";
import { pluralOf } from "../../plural.ts";

const plural = pluralOf("es");

export const mail: typeof English = {
  title: "Correo saliente",
  lead: "Invitaciones, códigos y avisos que esta clínica envía por correo. Cada consulta de esta página queda registrada.",
  fetching: "Buscando el correo saliente…",
  sends: "Hay un servidor de correo: los mensajes se envían solos. Esta página muestra si los aceptó.",
  doesNotSend:
    "No hay servidor de correo, así que no se envía nada y los mensajes esperan aquí. Esta página nunca muestra enlaces ni " +
    "códigos: quien administra el servidor los imprime con «vesper mail-secrets».",
  none: "Todavía no hay mensajes",
  noneMeans: "Aparecen aquí cuando se invita a alguien o alguien pide un código.",
  table: "Mensajes",
  what: "Qué",
  to: "Para",
  when: "Pedido",
  state: "Estado",
  read: "Leer el texto",
  secret: "Lleva un enlace o un código",
  noAddress: "Sin dirección",
  newest: "Más recientes",
  older: "Anteriores",
  kinds: {
    invitation: "Invitación",
    password_reset: "Contraseña nueva",
    email_change: "Confirmar una dirección nueva",
    email_changed: "La dirección cambió",
    invited_elsewhere: "Invitación de otra clínica",
    identity_code: "Código para un cliente",
    guest_link: "Invitación de un acompañante",
    join_link: "Enlace personal de un cliente",
  },
  states: { waiting: "En espera", sent: "Enviado", failed: "Abandonado", dropped: "Ya no hace falta", handed_over: "Entregado" },
  trouble: (why, tries) => `${why} ${plural(tries, { one: "Un intento.", other: `${tries} intentos.` })}`,
  troubles: {
    connection: "No se puede llegar al servidor de correo.",
    timeout: "El servidor de correo no respondió a tiempo.",
    sign_in: "El servidor de correo rechazó nuestro acceso.",
    sender: "El servidor de correo rechazó nuestra dirección.",
    not_made: "No se pudo escribir el mensaje.",
  },
  answered: (code) => `El servidor de correo respondió ${code}.`,
};
