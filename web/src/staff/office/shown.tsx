import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Wait } from "../../ui/banner.tsx";
import { Failed } from "../../ui/feedback/states.tsx";
import type { Ids } from "../router.ts";
import type { Found, Screen } from "./screens.ts";

type View = ComponentType<Ids<string>>;

/** The pages whose code is loaded: shown at once when they are opened again. */
const loaded = new Map<Screen, View>();

async function viewOf(screen: Screen): Promise<View> {
  const view = await screen.load();
  loaded.set(screen, view);
  return view;
}

/** The page at an address, once its code is loaded; another id makes it begin again. */
export function Shown({ found: { screen, ids } }: { readonly found: Found }) {
  return <Opened key={[screen.path, ...Object.values(ids)].join(" ")} screen={screen} ids={ids} />;
}

function Opened({ screen, ids }: Found) {
  const [view, setView] = useState<{ readonly View: View | undefined }>({ View: loaded.get(screen) });
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (view.View !== undefined) return undefined;
    let current = true;
    viewOf(screen).then(
      (View) => current && setView({ View }),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, []);
  // A new release has other files: only the whole page can be fetched again.
  if (failed) return <Failed sentence={staffWords.office.codeMissing} onAgain={() => location.reload()} />;
  if (view.View === undefined) return <Wait>{staffWords.pages.opening}</Wait>;
  return <view.View {...ids} />;
}
