import { dateAt } from "../../../format.ts";
import { staffWords } from "../../../messages/words.ts";
import { may } from "../../office/navigation.ts";
import { useOffice } from "../../office/signed-in.ts";
import type { TabProps } from "../tabs.ts";
import { AliasSection } from "./alias.tsx";
import { ContactSection } from "./contacts.tsx";
import { DiagnosisSection } from "./diagnoses.tsx";
import { IdsSection } from "./ids.tsx";
import { PersonSection } from "./person.tsx";
import "../clients.css";

/** The client's record, part by part, each with its form. */
export function Overview(props: TabProps) {
  const { me } = useOffice();
  const { client } = props;
  return (
    <div class="stack">
      <div class="client-sections">
        <PersonSection {...props} />
        <ContactSection {...props} />
        <AliasSection {...props} />
        <IdsSection {...props} />
        {may(me, "diagnoses.see") && <DiagnosisSection client={client.id} />}
      </div>
      <p class="small soft">{staffWords.clients.changedLast(client.changed_by, dateAt(client.changed_at))}</p>
    </div>
  );
}
