/** What the office's frame says: its sections, its pages' names, and pages that cannot be opened. */

export const office = {
  sections: {
    today: "Today", clients: "Clients", inquiries: "Inquiries", programs: "Programs", staff: "Staff", clinic: "Clinic",
    me: "My sign-in",
  },
  /** The links within a section, by the page's name in the table of pages. */
  screens: {
    comingSessions: "The coming two weeks",
    planSession: "Plan a session",
    clinic: "Settings",
    tokens: "API tokens",
    inquiries: "Inquiries",
    signInPolicy: "Sign-in of staff",
    singleSignOn: "Single sign-on",
    me: "How I sign in",
    today: "Today's sessions",
    outbox: "Outgoing mail",
    clients: "All clients",
    newClient: "New client",
    programs: "Programs",
    intakeRules: "Intake and discharge",
    kinds: "Kinds of sessions",
    importClients: "Import clients",
    exports: "Export everything",
    staff: "Who works here",
    licenceRules: "Licences of staff",
    looks: "Who looked",
    retention: "How long records are kept",
  },
  siblings: (section: string) => `Pages of ${section}`,
  notYours: "This page is not open to you",
  notYoursMeans: "Your roles do not include it. If you need it for your work, ask an administrator of your clinic.",
  codeMissing: "This page could not be loaded. Check your connection; if Vesper was updated meanwhile, the page loads again.",
};
