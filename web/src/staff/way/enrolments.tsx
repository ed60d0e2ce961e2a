import { useState } from "preact/hooks";
import { dayOf } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { Empty } from "../../ui/feedback/states.tsx";
import type { Act, Timeline } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { clientsApi } from "../clients/api.ts";
import type { TabProps } from "../clients/tabs.ts";
import { NotShown } from "../not-shown.tsx";
import { may } from "../office/navigation.ts";
import { useOffice } from "../office/signed-in.ts";
import { ActForm } from "./act-form.tsx";
import { wayApi } from "./api.ts";
import { ActLines } from "./act-lines.tsx";
import { Enrol } from "./enrol.tsx";
import "./way.css";

/** A client's enrolments, the newest first: where they stand, what happened, and what is to come. */
export function EnrolmentsTab({ client: { id: client, state }, onChanged }: TabProps) {
  const { me } = useOffice();
  const [loaded, again] = useLoaded(`enrolments ${client}`, () => wayApi.timelines(client), { whenSeen: true });
  const [changed, setChanged] = useState<Readonly<Record<string, Timeline>>>({});
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  if (loaded.is === "loading") return <Wait>{staffWords.way.fetching}</Wait>;
  const take = (timeline: Timeline) => setChanged((before) => ({ ...before, [timeline.enrolment]: timeline }));
  const enrolled = async () => {
    again();
    onChanged(await clientsApi.client(client));
  };
  return (
    <div class="stack">
      {loaded.value.length === 0 && <Empty title={staffWords.way.enrolments}>{staffWords.way.noEnrolment}</Empty>}
      {loaded.value.map((each) => (
        <OneEnrolment key={each.enrolment} timeline={changed[each.enrolment] ?? each} onChanged={take} />
      ))}
      {may(me, "enrolments.decide") && state !== "guest" && (
        <Enrol client={client} been={loaded.value.map(({ program }) => program)} onEnrolled={() => void enrolled()} />
      )}
    </div>
  );
}

interface Props {
  readonly timeline: Timeline;
  readonly onChanged: (timeline: Timeline) => void;
}

function OneEnrolment({ timeline, onChanged }: Props) {
  const { me } = useOffice();
  const [correcting, setCorrecting] = useState<Act | null>(null);
  const decides = may(me, "enrolments.decide");
  const now = timeline.stretches.find(({ starts_on: from, ends_on: until }) => from <= timeline.today && (until === null || timeline.today <= until));
  const taken = (next: Timeline) => {
    setCorrecting(null);
    onChanged(next);
  };
  return (
    <section class="card stack" aria-label={timeline.program_name}>
      <div class="row">
        <h2>{timeline.program_name}</h2>
        <span class={`badge ${timeline.standing === "on_leave" ? "warn" : ""}`}>{staffWords.way.standings[timeline.standing]}</span>
        {now?.state === "present" && now.phase_name !== null && <span>{now.phase_name}</span>}
      </div>
      {timeline.not_seen_days !== null && <Banner tone="warn">{staffWords.way.notSeen(timeline.not_seen_days)}</Banner>}
      {timeline.summary_due_on !== null && <Banner tone="calm">{staffWords.way.summaryDue(dayOf(timeline.summary_due_on))}</Banner>}
      <ActLines timeline={timeline} decides={decides} onChanged={taken} onCorrect={setCorrecting} />
      {decides && (
        <ActForm key={`${correcting?.id ?? "new"} ${timeline.acts.length}`} timeline={timeline} corrects={correcting} onRecorded={taken} onDontCorrect={() => setCorrecting(null)} />
      )}
    </section>
  );
}
