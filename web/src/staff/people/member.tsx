import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Wait } from "../../ui/banner.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import type { StaffMember } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { api } from "../api.ts";
import { NotShown } from "../not-shown.tsx";
import { MemberLicences } from "../licences/member-licences.tsx";
import { may } from "../office/navigation.ts";
import { useOffice } from "../office/signed-in.ts";
import { Access } from "./access.tsx";
import { Invitation } from "./invitation.tsx";
import { MemberRoles } from "./member-roles.tsx";
import { Undone } from "./undone.tsx";
import { dayOfInstant, rolesSaid, STATE_BADGES, stateWord } from "./words.ts";

/** One member of staff: what they may do here, and what an administrator does about it. */
export function Member({ member }: { readonly member: string }) {
  const [loaded, again] = useLoaded(`member ${member}`, () => api.member(member), { whenSeen: true, editable: true });
  const [changed, setChanged] = useState<StaffMember | null>(null);
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  if (loaded.is === "loading") return <Wait>{staffWords.people.fetchingOne}</Wait>;
  const refetch = () => {
    setChanged(null);
    again();
  };
  return <Shown member={changed ?? loaded.value} again={refetch} onChanged={setChanged} />;
}

interface ShownProps {
  readonly member: StaffMember;
  readonly again: () => void;
  readonly onChanged: (member: StaffMember) => void;
}

function Shown({ member, again, onChanged }: ShownProps) {
  const { me } = useOffice();
  const manages = may(me, "staff.manage");
  const own = me.person === member.id;
  return (
    <div class="stack medium">
      <PageHead title={member.name} path={[{ href: "/staff", label: staffWords.people.title }]} />
      <Facts member={member} />
      {manages && member.state === "invited" && <Invitation member={member} again={again} />}
      {manages && !own && <MemberRoles key={member.roles.join(" ")} member={member} onChanged={onChanged} />}
      <MemberLicences member={member} writes={manages} />
      {manages && member.state !== "invited" && <Undone member={member} />}
      {manages && !own && member.state !== "invited" && <Access member={member} again={again} />}
    </div>
  );
}

function Facts({ member }: { readonly member: StaffMember }) {
  return (
    <section class="card" aria-label={staffWords.people.overview}>
      <dl class="facts">
        <div>
          <dt>{staffWords.people.state}</dt>
          <dd>
            <span class={`badge ${STATE_BADGES[member.state]}`}>{stateWord(member.state)}</span>
          </dd>
        </div>
        <div>
          <dt>{staffWords.people.roles}</dt>
          <dd>{rolesSaid(member)}</dd>
        </div>
        {member.auditor_until !== null && (
          <div>
            <dt>{staffWords.people.auditorUntil}</dt>
            <dd>{dayOfInstant(member.auditor_until)}</dd>
          </div>
        )}
        <div>
          <dt>{staffWords.people.email}</dt>
          <dd class="long-word">{member.email ?? "–"}</dd>
        </div>
      </dl>
    </section>
  );
}
