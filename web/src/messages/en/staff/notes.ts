/** What is said about notes, where they are written and where they are signed. */

export const notes = {
  notes: "Notes",
  fetching: "Fetching the notes…",
  none: "There is no note here that you may read. What the session's staff write in the room appears here, for them.",
  wholeGroup: "The whole group",
  signed: "Signed",
  notSigned: "Not signed yet",
  unreadable: (at: string) =>
    `This note, saved ${at}, cannot be opened on this server, so it cannot be shown or signed. What was written is kept. ` +
    "Tell your administrator: the key that it was written with may be missing.",
  unreadableDraft:
    "A newer draft of this note cannot be opened on this server. Below is the text from before it; if you sign that, the " +
    "draft is not part of the note. To wait for the draft, tell your administrator: its key may be missing.",
  signedBy: (signer: string, at: string, version: number) =>
    `Signed by ${signer}, ${at}. Version ${version}; it cannot be changed any more.`,
  savedAt: (at: string) => `Saved ${at}`,
  keptWhenSigned: "Your changes here are kept when you sign.",
  signThis: "Sign this note",
  signAsk: "Sign this note?",
  sign: "Sign",
  signMeans: "You sign the text as it stands now. A signed note cannot be changed; later you can only add to it.",
  showSigned: "Show the signed note",
  keepMine: "Keep mine",
  takeOther: "Take the other",
  putTogether: "Put both together",
  signedMeanwhile: "This note was signed in the meantime. This is the signed text; yours is below, so that you can copy from it.",
  changedElsewhere: (at: string) =>
    `This note was changed elsewhere at ${at}. Nothing was signed. This is the other text; yours is below.`,
  full: (characters: string) => `This note is full: it holds ${characters} characters, and nothing that is typed or pasted beyond them.`,

  about: "Note about",
  note: "Note",
  placeholder: "What you write here is kept as you type.",
  fetchingBefore: "Fetching what you wrote before…",
  isSigned: "This note is signed. It can be read on the attendance page.",
  beginEmpty: "Begin an empty note",
  notRestored:
    "We could not fetch what you wrote before. It is safe. A note that you begin now replaces it, so try again first if you " +
    "had written something.",
  nothingNew: "Nothing to save yet.",
  saving: "Saving…",
  notSavedYet: "Not saved yet: it is saved as soon as the connection is back.",
  unsaved:
    "The connection ended before the service confirmed that this is saved. Copy it before you leave this page, then look at " +
    "the notes.",
  notConfirmed: "Not confirmed as saved",
};
