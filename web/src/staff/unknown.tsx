import { staffWords } from "../messages/words.ts";
import { Heading } from "../ui/heading.tsx";
import { Page } from "../ui/page.tsx";

export function Unknown() {
  return (
    <Page width="narrow">
      <div class="stack">
        <Heading title={staffWords.pages.unknown} />
        <p>{staffWords.pages.unknownMeans}</p>
        <p>
          <a class="button" href="/">
            {staffWords.pages.firstPage}
          </a>
        </p>
      </div>
    </Page>
  );
}
