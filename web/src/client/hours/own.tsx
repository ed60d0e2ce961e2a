import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { words } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { Page } from "../../ui/page.tsx";

interface Props {
  readonly link: string;
  readonly onBack: () => void;
}

export type OwnPage = "hours" | "meetings";

const PAGES: Readonly<Record<OwnPage, () => Promise<ComponentType<Props>>>> = {
  hours: async () => (await import("./my-hours.tsx")).MyHoursPage,
  meetings: async () => (await import("../meetings/my-meetings.tsx")).MyMeetingsPage,
};

/** A client's own page, whose code is loaded when it is first opened: the door must open fast. */
export function Own({ page, ...props }: Props & { readonly page: OwnPage }) {
  const [View, setView] = useState<ComponentType<Props> | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    PAGES[page]().then(
      (loaded) => setView(() => loaded),
      () => setFailed(true),
    );
  }, []);
  if (View !== null) return <View {...props} />;
  return <Page width="narrow">{failed ? <NotLoaded onBack={props.onBack} /> : <Wait>{words[page].fetching}</Wait>}</Page>;
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
