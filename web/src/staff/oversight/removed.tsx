import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Question } from "../../ui/dialog.tsx";

export interface Named {
  readonly person: string;
  readonly name: string;
}

/** The people whom staff sent out, each with a button to let them back in. */
export function RemovedPeople({ removed, onReadmit }: { removed: readonly Named[]; onReadmit: (person: string) => void }) {
  const [asked, setAsked] = useState<Named | null>(null);
  if (removed.length === 0) return null;
  return (
    <section aria-label={staffWords.panel.sentOut}>
      <h2>{staffWords.panel.sentOut}</h2>
      <ul class="people">
        {removed.map((each) => (
          <li key={each.person}>
            <bdi class="name">{each.name}</bdi>
            <button type="button" class="button" onClick={() => setAsked(each)}>
              {staffWords.panel.letBack}
              <span class="unseen"> {staffWords.panel.whom(each.name)}</span>
            </button>
          </li>
        ))}
      </ul>
      {asked !== null && (
        <Question
          title={staffWords.panel.letBackAsk(asked.name)}
          yes={staffWords.panel.letBack}
          onYes={() => {
            onReadmit(asked.person);
            setAsked(null);
          }}
          onNo={() => setAsked(null)}
        >
          <p>{staffWords.panel.letBackMeans}</p>
        </Question>
      )}
    </section>
  );
}

/** A person with a button that sends them out, after a question that explains it. */
export function SendOut({ person, onRemove }: { person: Named; onRemove: (person: string) => void }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" class="button" onClick={() => setAsking(true)}>
        {staffWords.panel.sendOut}
        <span class="unseen"> {staffWords.panel.whom(person.name)}</span>
      </button>
      {asking && (
        <Question
          title={staffWords.panel.sendOutAsk(person.name)}
          yes={staffWords.panel.sendOut}
          grave
          onYes={() => {
            onRemove(person.person);
            setAsking(false);
          }}
          onNo={() => setAsking(false)}
        >
          <p>{staffWords.panel.sendOutMeans}</p>
        </Question>
      )}
    </>
  );
}
