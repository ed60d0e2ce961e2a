import { useState } from "preact/hooks";
import { NotebookPen } from "../icons.ts";
import { Button } from "../ui/forms/button.tsx";

const ANSWER_MS = 2_000;

export function ButtonsSection() {
  const [busy, setBusy] = useState(false);
  const save = () => {
    setBusy(true);
    setTimeout(() => setBusy(false), ANSWER_MS);
  };
  return (
    <>
      <div class="row">
        <Button kind="main" busy={busy} busyWords="Saving…" onPress={save}>
          Save
        </Button>
        <Button>Cancel</Button>
        <Button kind="grave">Remove</Button>
        <Button kind="plain">More</Button>
        <Button>
          <NotebookPen aria-hidden="true" />
          Write a note
        </Button>
      </div>
      <div class="row">
        <Button kind="main" busy busyWords="Saving…">
          Save
        </Button>
        <Button kind="main" disabled>
          Save
        </Button>
        <Button disabled>Cancel</Button>
        <Button kind="grave" disabled>
          Remove
        </Button>
        <Button kind="plain" disabled>
          More
        </Button>
      </div>
      <p class="row">
        <span class="badge">Planned</span>
        <span class="badge live">On now</span>
        <span class="badge warn">Cancelled</span>
        <span class="badge count">7</span>
        <a href="#buttons">A link in a text</a>
      </p>
    </>
  );
}
