import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Wait } from "../../ui/banner.tsx";
import type { ClientLinks, JoinLink } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import type { TabProps } from "../clients/tabs.ts";
import { NotShown } from "../not-shown.tsx";
import { enrolmentsPath } from "../router.ts";
import { linksApi } from "./api.ts";
import { LinkList } from "./list.tsx";
import { Address, MakeLink } from "./make.tsx";

/** On a client's page: the links by which they come, a new one, and an end for those that others may have. */
export function LinksTab({ client: { id } }: TabProps) {
  const [loaded, again] = useLoaded(`links ${id}`, () => linksApi.links(id), { whenSeen: true });
  /** The link that was just made: only this answer has its address. */
  const [made, setMade] = useState<JoinLink | null>(null);
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  if (loaded.is === "loading") return <Wait>{staffWords.links.fetching}</Wait>;
  const taken = (link: JoinLink) => {
    setMade(link);
    again();
  };
  const withdrawn = (link: JoinLink) => {
    if (link.id === made?.id) setMade(null);
    again();
  };
  return <Shown client={id} found={loaded.value} url={made?.url ?? null} onMade={taken} onWithdrawn={withdrawn} />;
}

interface Props {
  readonly client: string;
  readonly found: ClientLinks;
  readonly url: string | null;
  readonly onMade: (link: JoinLink) => void;
  readonly onWithdrawn: (link: JoinLink) => void;
}

function Shown({ client, found: { links, places }, url, onMade, onWithdrawn }: Props) {
  const words = staffWords.links;
  return (
    <section class="card stack" aria-labelledby="links">
      <div class="stack-tight">
        <h2 id="links">{words.title}</h2>
        <p class="soft">{words.lead}</p>
      </div>
      {url !== null && <Address key={url} url={url} />}
      {places.length === 0 ? (
        <p>
          {words.noPlace} <a href={enrolmentsPath(client)}>{words.toEnrolments}</a>
        </p>
      ) : (
        <MakeLink key={places.map(({ enrolment }) => enrolment).join()} places={places} first={links.length === 0} onMade={onMade} />
      )}
      <LinkList links={links} onWithdrawn={onWithdrawn} />
    </section>
  );
}
