import { useState } from "preact/hooks";
import { Question } from "../../ui/dialog.tsx";

export interface Named {
  readonly person: string;
  readonly name: string;
}

/** Whom staff sent out, each with the way back in. */
export function RemovedPeople({ removed, onReadmit }: { removed: readonly Named[]; onReadmit: (person: string) => void }) {
  const [asked, setAsked] = useState<Named | null>(null);
  if (removed.length === 0) return null;
  return (
    <section aria-label="Sent out">
      <h2>Sent out</h2>
      <ul class="people">
        {removed.map((each) => (
          <li key={each.person}>
            <span class="name">{each.name}</span>
            <button type="button" class="button" onClick={() => setAsked(each)}>
              Let back in<span class="unseen"> {each.name}</span>
            </button>
          </li>
        ))}
      </ul>
      {asked !== null && (
        <Question
          title={`Let ${asked.name} back in?`}
          yes="Let back in"
          onYes={() => {
            onReadmit(asked.person);
            setAsked(null);
          }}
          onNo={() => setAsked(null)}
        >
          <p>They can open the session again. Clients then wait in the lobby until you admit them. The time they were out is not credited.</p>
        </Question>
      )}
    </section>
  );
}

/** A person with a button that sends them out, once it is said what that means. */
export function SendOut({ person, onRemove }: { person: Named; onRemove: (person: string) => void }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" class="button" onClick={() => setAsking(true)}>
        Send out<span class="unseen"> {person.name}</span>
      </button>
      {asking && (
        <Question
          title={`Send ${person.name} out?`}
          yes="Send out"
          grave
          onYes={() => {
            onRemove(person.person);
            setAsking(false);
          }}
          onNo={() => setAsking(false)}
        >
          <p>They leave the room within seconds and cannot come back until they are let back in. This is recorded with your name.</p>
        </Question>
      )}
    </>
  );
}
