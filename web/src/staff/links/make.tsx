import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { SelectField } from "../../ui/forms/choices.tsx";
import type { JoinLink, LinkPlace } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useWrong } from "../programs/wrong.ts";
import { linksApi } from "./api.ts";

interface Props {
  readonly places: readonly LinkPlace[];
  readonly first: boolean;
  readonly onMade: (link: JoinLink) => void;
}

/** Makes a link. Which program it is for is asked only where the client is in several. */
export function MakeLink({ places, first, onMade }: Props) {
  const words = staffWords.links;
  const several = places.length > 1;
  const form = useForm({
    name: "link",
    blank: { enrolment: places[0]?.enrolment ?? "" },
    unkept: ["enrolment"],
    send: async ({ enrolment }) => onMade(await linksApi.make(enrolment)),
  });
  const { at, rest } = useWrong("link", several ? ["enrolment"] : [], form.trouble);
  return (
    <form class="stack narrow" onSubmit={form.submit} noValidate>
      <FormTrouble trouble={rest} />
      {several && (
        <SelectField
          {...at("enrolment")} label={words.program} required value={form.values.enrolment} onChoose={(enrolment) => form.set({ enrolment })}
          choices={places.map(({ enrolment, program_name: label }) => ({ value: enrolment, label }))}
        />
      )}
      <div>
        <Button type="submit" kind="main" busy={form.busy}>{first ? words.make : words.makeAnother}</Button>
      </div>
    </form>
  );
}

/** The address of the link that was just made. It is never shown again. */
export function Address({ url }: { readonly url: string }) {
  const words = staffWords.links;
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <div role="status">
      <Banner tone="good" action={<Button onPress={() => void copy()}>{copied === true ? words.copied : words.copy}</Button>}>
        {words.addressIs} <span class="long-word">{url}</span>
        {copied === false && <span class="block">{words.notCopied}</span>}
      </Banner>
    </div>
  );
}
