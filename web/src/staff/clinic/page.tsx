import { staffWords } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { PageHead } from "../../ui/frame/page-head.tsx";
import type { ClinicView } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { calls } from "../first-run/calls.ts";
import { isLeft } from "../first-run/steps.ts";
import { NotShown } from "../not-shown.tsx";
import { linksOf, may } from "../office/navigation.ts";
import { useOffice } from "../office/signed-in.ts";
import { ClinicForm } from "./clinic-form.tsx";

/** The clinic's name, zone and language, and the way to everything else that is set for the whole clinic. */
export function ClinicPage() {
  const { me, onChanged } = useOffice();
  const [loaded, again] = useLoaded("clinic", calls.clinic);
  if (loaded.is === "loading") return <Wait>{staffWords.pages.opening}</Wait>;
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  const others = linksOf(me, "clinic").filter(({ path }) => path !== "/clinic");
  const saved = () => {
    toast(staffWords.clinic.saved);
    onChanged();
  };
  return (
    <div class="stack medium">
      <PageHead title={staffWords.clinic.title} lead={staffWords.clinic.lead} />
      {may(me, "clinic.manage") && <Unfinished />}
      {may(me, "clinic.manage") ? <ClinicForm key={loaded.at} clinic={loaded.value} save={staffWords.clinic.save} onSaved={saved} /> : <Said clinic={loaded.value} />}
      <section class="card stack-tight">
        <h2>{staffWords.clinic.alsoSet}</h2>
        <ul class="stack-tight">
          {others.map(({ path, label }) => (
            <li key={path}>
              <a href={path}>{label !== undefined && staffWords.office.screens[label]}</a>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** The way back into the first run, while a step is left. */
function Unfinished() {
  const [loaded] = useLoaded("first-run-left", calls.left);
  if (loaded.is !== "there" || !isLeft(loaded.value)) return null;
  return (
    <Banner tone="calm">
      {staffWords.clinic.firstRunLeft} <a href="/first-run">{staffWords.clinic.firstRunShow}</a>
    </Banner>
  );
}

function Said({ clinic }: { readonly clinic: ClinicView }) {
  return (
    <dl class="card stack-tight">
      <div>
        <dt class="small soft">{staffWords.clinic.name}</dt>
        <dd>{clinic.name}</dd>
      </div>
      <div>
        <dt class="small soft">{staffWords.clinic.zone}</dt>
        <dd>{clinic.timezone}</dd>
      </div>
      <div>
        <dt class="small soft">{staffWords.clinic.language}</dt>
        <dd>{staffWords.clinic.languages[clinic.language]}</dd>
      </div>
    </dl>
  );
}
