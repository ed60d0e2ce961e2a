/** In Spanish: what pages say about a clinic's own sign-in provider. */

import type { provider as English } from "../../en/staff/provider.ts";
import { pluralOf } from "../../plural.ts";

const plural = pluralOf("es");

export const provider: typeof English = {
  goOnWith: (label) => `Continuar con ${label}`,
  leaving: "Abriendo el acceso de su clínica…",
  signInAt: (clinic) => `Iniciar sesión en ${clinic}`,
  doorLead: "Le llevamos al acceso de su propia clínica, y después vuelve aquí.",
  withPassword: "Iniciar sesión con correo electrónico y contraseña",
  or: "o",
  orPassword: "O elija aquí una contraseña propia:",
  notSignedIn: "No funcionó",
  confirmed: "Confirmado",
  closeWindow: "Puede cerrar esta ventana.",
  confirmWith: (label) => `Confirmar con ${label}`,
  linked: "Su cuenta está vinculada. Desde ahora puede iniciar sesión con ella.",

  ownNotLinked: (label) => `Inicie sesión aquí con ${label}: vincúlela una vez, y desde entonces es un botón.`,
  ownLinked: (when) => `Vinculada desde el ${when}. Puede iniciar sesión con ella.`,
  link: "Vincular mi cuenta",
  unlink: "Desvincular",
  unlinkAsk: "¿Desvincular su cuenta?",
  unlinkMeans: "Desde entonces inicia sesión con su contraseña. Puede vincularla de nuevo cuando quiera.",
  unlinked: "Su cuenta ya no está vinculada.",
  onlyWay: "Es su única manera de entrar, porque aquí no tiene contraseña.",

  title: "Acceso único",
  lead:
    "Su personal puede iniciar sesión con la cuenta que ya tiene en su clínica, por ejemplo en Microsoft Entra, Okta o Keycloak. " +
    "Funciona con OpenID Connect. Cada persona vincula su propia cuenta: una dirección de correo sola no abre nada.",
  addresses: "Direcciones",
  returnAddress: "Dirección de redirección",
  returnHelp: "Indíquela en su proveedor cuando registre Vesper allí como aplicación web.",
  signInAddress: "La página de acceso de su clínica",
  signInHelp: "Dé este enlace a su personal. El navegador que lo usó lo recuerda.",
  copy: "Copiar",
  copied: "Copiado.",
  settings: "Proveedor",
  issuer: "Emisor (issuer)",
  issuerHelp: "La dirección con la que se nombra su proveedor, por ejemplo https://login.example.org",
  clientId: "ID de cliente",
  clientSecret: "Secreto de cliente",
  clientSecretHelp: "Su proveedor crea ambos cuando registra Vesper. El secreto se guarda cifrado y no se vuelve a mostrar.",
  clientSecretKept: "Hay uno guardado, cifrado. Deje esto vacío para conservarlo.",
  label: "Nombre en el botón",
  labelHelp: "Como su personal llama a esa cuenta, por ejemplo «cuenta de Riverbend».",
  factorValues: "Su segundo paso cuenta si dice uno de estos valores",
  factorValuesHelp:
    "Valores de amr o acr, separados por espacios, por ejemplo mfa. Vacío: el segundo paso de su proveedor nunca cuenta, y Vesper " +
    "pide el suyo donde su clínica lo exige.",
  seen: (values) => `Hasta ahora ha dicho: ${values}.`,
  algorithms: "Firmas",
  algorithmsLabel: "Firmas que cuentan",
  algorithmsHelp: "Elija las que usa su proveedor. Todas se hacen con una clave que solo él tiene.",
  tryOut: "Probar",
  trying: "Probando…",
  saved: "Guardado. Ahora vincule su propia cuenta en Mi acceso, para ver que todo funciona.",
  allWell: "Su proveedor responde, sus claves se pueden leer y conoce a Vesper. Guarde, y vincule su propia cuenta en Mi acceso.",
  findings: {
    address_wrong: "El emisor, o una dirección que nombra su proveedor, no es una dirección web.",
    not_https: "El emisor, o una dirección que nombra su proveedor, no empieza con https://",
    not_public: "El emisor, o una dirección que nombra su proveedor, no está en el internet público, así que Vesper no le pregunta.",
    away: "Su proveedor no responde. Revise si el emisor está bien escrito.",
    redirects: "Su proveedor envía a Vesper a otra dirección. Escriba esa dirección como emisor.",
    too_large: "La respuesta de su proveedor es demasiado grande para ser correcta.",
    no_configuration: "No hay ninguna configuración de OpenID Connect en ese emisor. Cópielo como lo muestra su proveedor.",
    other_issuer: "Su proveedor se nombra de otra manera. Copie el emisor tal cual, con o sin la barra al final.",
    no_code_flow: "Su proveedor no ofrece el flujo de código.",
    no_pkce: "Su proveedor no admite PKCE con S256.",
    no_algorithm: "Su proveedor no firma con ninguna de las firmas que eligió. Mire en Firmas.",
    no_keys: "Su proveedor no muestra ninguna clave pública para firmas.",
    client_refused: "Su proveedor no conoce este ID de cliente, o el secreto es otro.",
    secret_missing: "Todo lo que se puede probar sin el secreto de cliente está bien. Escríbalo, para probar también eso.",
  },
  dependents: "Quién lo usa",
  linkedPeople: (count) =>
    count === 0 ? "Nadie ha vinculado una cuenta todavía." : plural(count, { one: "1 persona vinculó una cuenta.", other: `${count} personas vincularon una cuenta.` }),
  withoutPassword: (count) =>
    plural(count, {
      one: "1 de ellas no tiene contraseña, ni otra manera de entrar.",
      other: `${count} de ellas no tienen contraseña, ni otra manera de entrar.`,
    }),
  remove: "Quitar",
  removeAsk: "¿Quitar el acceso único?",
  removeMeans: "Desde entonces nadie inicia sesión con él. Los vínculos se conservan, y sirven de nuevo si escribe el mismo emisor.",
  removed: "El acceso único se quitó.",
};
