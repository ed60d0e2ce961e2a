import { Heading } from "../ui/heading.tsx";
import { Page } from "../ui/page.tsx";

export function Unknown() {
  return (
    <Page width="narrow">
      <div class="stack">
        <Heading title="There is no such page" />
        <p>
          If you came by a personal link, open it again from the message your program sent you. Staff find today's
          sessions on the first page.
        </p>
        <p>
          <a class="button" href="/">
            Go to the first page
          </a>
        </p>
      </div>
    </Page>
  );
}
