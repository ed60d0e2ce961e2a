/** In Spanish: what the office's frame says: its sections, its pages' names, and pages that cannot be opened. */

import type { office as English } from "../../en/staff/office.ts";

export const office: typeof English = {
  sections: {
    today: "Hoy", clients: "Clientes", inquiries: "Consultas", programs: "Programas", staff: "Personal", clinic: "Clínica",
    me: "Mi acceso",
  },
  screens: {
    comingSessions: "Las próximas dos semanas",
    planSession: "Planificar una sesión",
    clinic: "Ajustes",
    tokens: "Claves de la API",
    inquiries: "Solicitudes",
    signInPolicy: "Acceso del personal",
    singleSignOn: "Acceso único",
    me: "Cómo inicio sesión",
    today: "Sesiones de hoy",
    outbox: "Correo saliente",
    clients: "Todos los clientes",
    newClient: "Nuevo cliente",
    programs: "Programas",
    intakeRules: "Ingreso y alta",
    kinds: "Tipos de sesiones",
    importClients: "Importar clientes",
    exports: "Exportar todo",
    staff: "Quién trabaja aquí",
    licenceRules: "Licencias del personal",
    looks: "Quién consultó",
    retention: "Cuánto se guarda",
  },
  siblings: (section) => `Páginas de ${section}`,
  notYours: "Esta página no está abierta para usted",
  notYoursMeans: "Sus funciones no la incluyen. Si la necesita para su trabajo, pídala a un administrador de su clínica.",
  codeMissing: "No se pudo cargar esta página. Revise su conexión; si Vesper se actualizó entretanto, la página se carga de nuevo.",
};
