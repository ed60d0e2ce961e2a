import { staffWords } from "../../messages/words.ts";
import { Button } from "../../ui/forms/button.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Page } from "../../ui/page.tsx";
import type { FactorWanted, Me } from "../../wire/api.gen.ts";
import { accessApi } from "./api.ts";
import { type FactorAnswer, FactorForm } from "./factor-form.tsx";

interface Props {
  readonly wanted: FactorWanted;
  readonly onSignedIn: (me: Me) => void;
  readonly onStartOver: () => void;
}

/** The second step of a sign-in, after the password. */
export function SecondStep({ wanted, onSignedIn, onStartOver }: Props) {
  const { passkey } = wanted;
  const answer = async (given: FactorAnswer) => {
    const { me } = await accessApi.giveFactor({ pending: wanted.pending, ...given });
    if (me !== null) onSignedIn(me);
  };
  return (
    <Page width="narrow">
      <div class="stack">
        <Heading title={staffWords.access.secondStep} />
        <div class="card">
          <FactorForm
            code={wanted.one_time_code}
            recovery={wanted.recovery_code}
            passkey={passkey === null ? undefined : async () => passkey}
            verb={staffWords.pages.signIn}
            onAnswer={answer}
          />
        </div>
        <Button kind="plain" onPress={onStartOver}>
          {staffWords.access.startOver}
        </Button>
      </div>
    </Page>
  );
}
