import { dateOf } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import type { ExpiringLicence } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { may } from "../office/navigation.ts";
import { useOffice } from "../office/signed-in.ts";
import { staffPath } from "../router.ts";
import { licencesApi } from "./api.ts";

/** Licences that run out soon, for those who look after them; nothing while there are none. */
export function ExpiringLicences() {
  const { me } = useOffice();
  return may(me, "staff.manage") ? <List /> : null;
}

function List() {
  const [loaded] = useLoaded("expiring-licences", licencesApi.expiring, { whenSeen: true });
  if (loaded.is !== "there" || loaded.value.length === 0) return null;
  return (
    <section class="card stack-tight" aria-labelledby="expiring">
      <h2 id="expiring">{staffWords.licences.expiring}</h2>
      <ul class="stack-tight">
        {loaded.value.map((one) => (
          <li key={one.licence.id} class="row between">
            <span>
              <a href={staffPath(one.licence.person)}>{one.name}</a>
              {`: ${staffWords.licences.kinds[one.licence.kind]}, ${one.licence.state}`}
            </span>
            <Until one={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Until({ one: { days, within, licence } }: { readonly one: ExpiringLicence }) {
  const day = dateOf(licence.to_on ?? licence.from_on);
  if (within === 0) return <span class="badge bad">{staffWords.licences.ranOut(day)}</span>;
  return <span class={within <= 30 ? "badge warn" : "badge"}>{staffWords.licences.runsOut(days, day)}</span>;
}
