import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Wait } from "../../ui/banner.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { TabPanel, Tabs } from "../../ui/tabs.tsx";
import { useLoaded } from "../../wire/loaded.ts";
import { NotShown } from "../not-shown.tsx";
import { may } from "../office/navigation.ts";
import { useOffice } from "../office/signed-in.ts";
import { calls } from "./calls.ts";
import { Overview } from "./overview.tsx";
import { Phases } from "./phases.tsx";
import { Policy } from "./policy.tsx";
import { Texts } from "./texts.tsx";

const PARTS = ["overview", "phases", "texts", "policy"] as const;
type Part = (typeof PARTS)[number];

/** One program: who it is for, its phases, what it says to clients, and its attendance policy. */
export function ProgramPage({ program: id }: { readonly program: string }) {
  const { me } = useOffice();
  const [part, setPart] = useState<Part>("overview");
  const [loaded, again] = useLoaded(`program ${id}`, () => calls.program(id));
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  if (loaded.is === "loading") return <Wait>{staffWords.programs.fetching}</Wait>;
  const program = loaded.value;
  const shown = { program, changes: may(me, "programs.manage"), onChanged: again };
  return (
    <div class="stack">
      <PageHead title={program.name} path={[{ href: "/programs", label: staffWords.programs.title }]} lead={program.tags.join(", ") || undefined} />
      <Tabs
        look="line" label={staffWords.programs.parts} chosen={part} onChoose={setPart}
        tabs={PARTS.map((name) => ({ name, label: staffWords.programs.partNames[name] }))}
      />
      <TabPanel name={part}>
        {part === "overview" && <Overview {...shown} />}
        {part === "phases" && <Phases {...shown} />}
        {part === "texts" && <Texts {...shown} />}
        {part === "policy" && <Policy {...shown} />}
      </TabPanel>
    </div>
  );
}
