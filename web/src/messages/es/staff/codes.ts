/** In Spanish: what staff read for the codes that the service sends. */

import type { codes as English } from "../../en/staff/codes.ts";

export const codes: typeof English = {
  phases: {
    planned: "Programada", open: "Sala de espera abierta", live: "En curso", ended: "Terminada", cancelled: "Cancelada",
  },
  cancellations: {
    facilitator_unavailable: "No hay facilitador/a disponible", weather: "Mal tiempo", technical: "Un problema técnico",
    holiday: "Día feriado", too_few: "Muy pocas personas", other: "Otra razón",
  },
  takeovers: {
    did_not_come: "El/la facilitador/a no llegó", left: "El/la facilitador/a se fue",
    sent_out: "Sacaron de la sala al/a la facilitador/a", other: "Otra razón",
  },
  roles: {
    client: "Cliente", facilitator: "Facilitador/a", co_facilitator: "Cofacilitador/a", observer: "Observador/a",
    family_member: "Familiar", interpreter: "Intérprete", support_person: "Persona de apoyo",
  },
  statuses: {
    present: "Presente", partial: "Presente en parte", elsewhere: "En otra sesión", not_served: "Sin atención, no es falta",
    no_show: "No vino", cancelled: "Sesión cancelada", not_held: "Sesión no realizada", withdrawn: "Ya no se le espera",
  },
  outcomes: {
    held: "Realizada", cancelled: "Cancelada: a nadie se le acredita tiempo y nadie tiene falta",
    not_held: "No realizada, por no haber facilitador/a: a nadie se le acredita tiempo y nadie tiene falta",
  },
  states: { present: "Aquí", away: "Ausente", waiting: "En la sala de espera", not_here: "Aún no llega" },
  holds: {
    late_cutoff: "Llegó después del límite de tardanza: se acredita como tratamiento, no se factura por ahora",
    over_capacity: "Había más personas en el grupo de las que permite el seguro: no se factura por ahora",
    note_unsigned: "La nota todavía no está firmada",
    consent_missing: "Falta un consentimiento",
  },
  flags: {
    late: "Llegó tarde",
    never_closed: "Una conexión nunca se cerró: revísela, por favor",
    correction_not_counted: "Una corrección no contó: necesita la aprobación de otra persona",
    stale_facts: "Un servidor siguió registrando después de que otro se hizo cargo de la sala: lo que registró entonces no cuenta",
    clock_skew: "El reloj de un servidor tenía más de un segundo de diferencia: revise las horas, por favor",
    reinstated: "La sesión se canceló y al final sí se realizó: no es una falta de la persona",
    cancelled_in_use: "La sesión se canceló, y aun así hubo alguien en la sala: revíselo, por favor",
    unknown_role: "Alguien estuvo aquí con una función que esta versión no conoce: revíselo, por favor",
  },
  noteKinds: {
    progress: "Nota de progreso", private_reflection: "Reflexión privada",
    sud_counselling: "Nota de consejería por uso de sustancias",
  },
};
