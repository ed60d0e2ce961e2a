import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Button } from "../../ui/forms/button.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Page } from "../../ui/page.tsx";
import { Factors } from "./factors.tsx";

/** For who must add a second factor before anything else opens. */
export function FactorFirst({ onDone }: { readonly onDone: () => void }) {
  const [done, setDone] = useState(false);
  return (
    <Page width="medium">
      <div class="stack">
        <Heading title={staffWords.access.firstTitle} />
        <p>{staffWords.access.firstLead}</p>
        <Factors onChanged={({ factors }) => setDone(factors.length > 0)} />
        {done && (
          <Button kind="main" onPress={onDone}>
            {staffWords.access.firstDone}
          </Button>
        )}
      </div>
    </Page>
  );
}
