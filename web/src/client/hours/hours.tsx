import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { words } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { Page } from "../../ui/page.tsx";

interface Props {
  readonly link: string;
  readonly onBack: () => void;
}

/** A client's hours, whose code is loaded when they are first opened: the door must open fast. */
export function Hours(props: Props) {
  const [View, setView] = useState<ComponentType<Props> | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    import("./my-hours.tsx").then(
      ({ MyHoursPage }) => setView(() => MyHoursPage),
      () => setFailed(true),
    );
  }, []);
  if (View !== null) return <View {...props} />;
  return <Page width="narrow">{failed ? <NotLoaded onBack={props.onBack} /> : <Wait>{words.hours.fetching}</Wait>}</Page>;
}

function NotLoaded({ onBack }: Pick<Props, "onBack">) {
  return (
    <div class="stack">
      <Banner tone="bad">{words.common.noNetwork}</Banner>
      <div>
        <button type="button" class="button" onClick={onBack}>
          {words.hours.back}
        </button>
      </div>
    </div>
  );
}
