import { staffWords } from "../../messages/words.ts";
import { Wait } from "../../ui/banner.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { CheckField, RadioField } from "../../ui/forms/choices.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import type { FactorPolicy, StaffRole } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { NotShown } from "../not-shown.tsx";
import { staffRoleWord } from "../people/words.ts";
import { accessApi } from "./api.ts";

const ROLES: readonly StaffRole[] = ["administrator", "supervisor", "facilitator", "prescriber", "biller", "auditor"];

/** Whom the clinic asks for a second step at sign-in. */
export function SignInPolicy() {
  const [loaded, again] = useLoaded("factor-policy", accessApi.policy);
  if (loaded.is === "loading") return <Wait>{staffWords.access.fetching}</Wait>;
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  return (
    <div class="stack medium">
      <PageHead title={staffWords.access.policyTitle} lead={staffWords.access.policyLead} />
      <Policy key={loaded.at} policy={loaded.value} onSaved={again} />
    </div>
  );
}

function Policy({ policy, onSaved }: { readonly policy: FactorPolicy; readonly onSaved: () => void }) {
  const form = useForm({
    name: "factor-policy",
    blank: policy,
    send: async (wanted) => {
      await accessApi.changePolicy(wanted);
      toast(staffWords.access.policySaved);
      onSaved();
    },
  });
  const { required, roles } = form.values;
  const choose = (role: StaffRole, chosen: boolean) =>
    form.set({ roles: ROLES.filter((each) => (each === role ? chosen : roles.includes(each))) });
  return (
    <form class="card stack" onSubmit={form.submit}>
      <FormTrouble trouble={form.trouble} />
      <RadioField
        label={staffWords.access.policyWho}
        help={staffWords.access.policyMeans}
        required
        choices={[
          { value: "never", label: staffWords.access.policyNever },
          { value: "by_role", label: staffWords.access.policyByRole },
          { value: "always", label: staffWords.access.policyAlways },
        ]}
        value={required}
        onChoose={(chosen) => form.set({ required: chosen })}
      />
      {required === "by_role" && (
        <fieldset class="field">
          <legend>{staffWords.access.policyRoles}</legend>
          {ROLES.map((role) => (
            <CheckField key={role} label={staffRoleWord(role)} checked={roles.includes(role)} onChange={(chosen) => choose(role, chosen)} />
          ))}
        </fieldset>
      )}
      <div>
        <Button type="submit" kind="main" busy={form.busy} busyWords={staffWords.access.checking}>
          {staffWords.access.save}
        </Button>
      </div>
    </form>
  );
}
