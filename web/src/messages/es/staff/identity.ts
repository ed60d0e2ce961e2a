/** In Spanish: what a client's page says about their codes. */

import type { identity as English } from "../../en/staff/identity.ts";

export const identity: typeof English = {
  title: "Códigos para páginas privadas",
  lead: "Antes de que un cliente vea sus horas, enviamos un código a una dirección que es solo suya. Los mensajes de texto vendrán después.",
  fetching: "Buscando adónde van los códigos…",
  none: "No hay dirección, así que este cliente todavía no puede ver sus horas.",
  set: "Indicar la dirección",
  change: "Cambiar la dirección",
  setBy: (name, day) => `Indicada por ${name} el ${day}`,
  shared: "Otro cliente tiene la misma dirección, así que no se envían códigos. Indique una que llegue a una sola persona.",
  locked: "Se dieron cinco códigos equivocados y ya no se envían más. Hable con el cliente antes de permitirlos de nuevo.",
  allow: "Permitir códigos de nuevo",
  allowAsk: "¿Permitir códigos de nuevo?",
  allowMeans: "El cliente puede pedir un código nuevo. Hágalo solo si sabe con certeza que es el cliente quien lo pide.",
  allowed: "Los códigos se permiten de nuevo.",
  address: "Correo electrónico para códigos",
  addressHelp: "Pregunte al cliente, en persona o por teléfono. No debe ser una dirección que lean otros.",
  addressHelpNew: "Pregunte al cliente, en persona o por teléfono. Los navegadores recordados se olvidan.",
  save: "Guardar la dirección",
  cancel: "Cancelar",
  browsers: "Navegadores que recordamos",
  browser: (since, until) => `Código dado el ${since}; recordado hasta el ${until}`,
  forget: "Olvidar",
  forgetThis: (since) => `Olvidar el navegador del ${since}`,
  forgetAsk: "¿Olvidar este navegador?",
  forgetMeans: "Pedirá un código nuevo antes de mostrar algo privado. El enlace del cliente sigue abriendo la entrada.",
  forgotten: "El navegador quedó olvidado.",
};
