import { staffWords } from "../../messages/words.ts";
import { Button } from "../../ui/forms/button.tsx";
import { SelectField } from "../../ui/forms/choices.tsx";
import type { Program } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { type Items, request } from "../../wire/request.ts";
import { api } from "../api.ts";
import { may } from "../office/navigation.ts";
import { useOffice } from "../office/signed-in.ts";
import { ask } from "../router.ts";
import { asked, type Filters, narrows, SORTS, STATES } from "./filters.ts";

const ANY = "any";

interface Named {
  readonly id: string;
  readonly name: string;
}

const programs = async () => (await request<Items<Program>>("GET", "/api/programs")).items;

/** What narrows the list down. The choices stand in the address, so that a link leads to the same list. */
export function FilterFields({ filters }: { readonly filters: Filters }) {
  const { me } = useOffice();
  const [known] = useLoaded("programs", programs);
  const [staff] = useLoaded("staff", api.staff);
  const change = (changed: Partial<Filters>) => ask(asked({ ...filters, ...changed }));
  const leads = staff.is === "there" ? staff.value.filter(({ roles }) => roles.some((role) => role !== "biller" && role !== "auditor")) : [];
  return (
    <fieldset class="client-filters">
      <legend class="unseen">{staffWords.clients.filters}</legend>
      <SelectField
        label={staffWords.clients.state}
        required
        value={filters.state ?? ANY}
        choices={[all(), ...STATES.filter((state) => state !== "guest" || may(me, "guests.see")).map((value) => ({ value, label: staffWords.clients.stateWords[value] }))]}
        onChoose={(state) => change({ state: state === ANY ? null : state })}
      />
      <SelectField
        label={staffWords.clients.program}
        required
        value={filters.program ?? ANY}
        choices={[all(), ...(known.is === "there" ? known.value : []).map(choice)]}
        onChoose={(program) => change({ program: program === ANY ? null : program })}
      />
      <SelectField
        label={staffWords.clients.facilitator}
        required
        value={filters.facilitator ?? ANY}
        choices={[all(), ...leads.map(choice)]}
        onChoose={(facilitator) => change({ facilitator: facilitator === ANY ? null : facilitator })}
      />
      <SelectField
        label={staffWords.clients.order}
        required
        value={filters.sort}
        choices={SORTS.map((value) => ({ value, label: staffWords.clients.orders[value] }))}
        onChoose={(sort) => change({ sort })}
      />
      {narrows(filters) && (
        <Button kind="plain" onPress={() => change({ state: null, program: null, facilitator: null })}>
          {staffWords.clients.clearFilters}
        </Button>
      )}
    </fieldset>
  );
}

const all = () => ({ value: ANY, label: staffWords.clients.any }) as const;
const choice = ({ id, name }: Named) => ({ value: id, label: name });
