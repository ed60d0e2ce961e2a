/** In Spanish: what the parts of the office's pages say: charts, tables, news, forms, the frame, search, and fields for time. */

import type { parts as English } from "../../en/staff/parts.ts";
import { hourEnding } from "../hour.ts";
import { pluralOf } from "../../plural.ts";

const plural = pluralOf("es");

export const parts: typeof English = {
  charts: {
    part: "Parte",
    share: "Proporción",
    value: "Valor",
    of: (part, whole) => `${part} de ${whole}`,
    target: "Meta",
    from: "Desde",
    to: "Hasta",
    lasts: "Duración",
    what: "Qué",
  },
  data: {
    sortBy: "Ordenar por",
    ascending: "ascendente",
    descending: "descendente",
    sorted: (column, direction) => `En orden de ${column}, ${direction}`,
    reverse: "Invertir el orden",
    pagesOf: (caption) => `Páginas de ${caption}`,
    previous: "Anterior",
    next: "Siguiente",
    range: (first, last, all) => `${first} a ${last} de ${all}`,
    rows: (range) => `Filas ${range}`,
    fetching: (caption) => `Buscando ${caption}…`,
  },
  feedback: {
    news: "Avisos",
    undo: "Deshacer",
    undone: "Se deshizo.",
    close: "Cerrar",
    tryAgain: "Intentar de nuevo",
    offline: "No tiene conexión a internet.",
    offlineAge: (age) => `Esta página muestra datos de ${hourEnding(age)} Se actualizará en cuanto vuelva la conexión.`,
    offlineNothing: "Esta página se cargará en cuanto vuelva la conexión.",
    goneWrong: "No se pudo hacer.",
  },
  forms: {
    optional: "opcional",
    showPassword: "Mostrar",
    hidePassword: "Ocultar",
    ofPassword: "la contraseña",
    choose: "Elija…",
    pleaseCorrect: (count) => plural(count, { one: "Una respuesta necesita su atención", other: `${count} respuestas necesitan su atención` }),
  },
  frame: {
    skip: "Ir al contenido",
    main: "Principal",
    menu: "Menú",
    account: "Cuenta",
    waiting: (count, of) => `${count} ${of}`,
    path: "Dónde está usted",
  },
  search: {
    openChoices: "Mostrar sugerencias",
    searching: "Buscando…",
    nothingFound: "No hay resultados. Pruebe con menos letras.",
    cannotSearch: "No se pudo buscar. Revise su conexión y escriba de nuevo.",
    notInList: (typed) => `«${typed}» no está en la lista. Elija una de las sugerencias.`,
    found: (count) => plural(count, { one: "1 sugerencia", other: `${count} sugerencias` }),
    foundMore: (shown) => `Las primeras ${shown} sugerencias. Escriba más para reducirlas.`,
  },
  time: {
    dayHelp: "Una fecha, un día de la semana, «mañana» o «+2 semanas»",
    dayUnclear: "No podemos leer esta fecha. Pruebe con «14/3», «14 marzo», «viernes» o «mañana».",
    dayImpossible: "Ese día no existe. Revise el día, el mes y el año.",
    dayTooEarly: (first) => `Elija ${first} o después.`,
    dayTooLate: (last) => `Elija ${last} o antes.`,
    calendar: "Elegir un día en un calendario",
    timeHelp: "Por ejemplo 7:30pm o 19.30",
    timeUnclear: "No podemos leer esta hora. Pruebe con «7:30pm», «19.30» o «mediodía».",
    timeImpossible: "Ningún reloj muestra esta hora. Las horas llegan a 23; los minutos, a 59.",
    durationHelp: "Por ejemplo 1h 30, 1:30 o 90 min",
    durationUnclear: "No podemos leer esta duración. Pruebe con «1h 30», «1:30» o «90».",
    durationImpossible: "Después de los dos puntos, los minutos llegan a 59, y nada dura menos de 0.",
    zoneHelp: "Una ciudad, un nombre como Eastern, o +1",
    zoneDetail: (place, clock, offset) => `${place} · ahora ${clock} · ${offset}`,
  },
};
