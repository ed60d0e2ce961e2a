import { useEffect, useRef, useState } from "preact/hooks";
import { NotebookPen, Users } from "../../icons.ts";
import { staffWords } from "../../messages/words.ts";
import { InRoom } from "../../room/in-room.tsx";
import type { ShownRoom } from "../../room/live-room.ts";
import { isStaff } from "../../stage/tiles.ts";
import type { Drafts } from "../notes/drafts.ts";
import { OversightPanel } from "../oversight/panel.tsx";
import { Panel, type PanelTab } from "./panel.tsx";

/** The room with the panel of its staff, or of overseers, beside the faces. */
export function StaffInRoom({ drafts, ...shown }: ShownRoom & { readonly drafts: Drafts }) {
  const { live, room, zone } = shown;
  const sheet = useSheet();
  const { open, tab } = sheet;
  const me = live.welcome.value;
  if (me !== null && isStaff(me.role)) {
    return (
      <InRoom {...shown} buttons={<PanelButtons waiting={room.waiting.length} onShow={sheet.show} />}>
        <Panel
          live={live}
          room={room}
          zone={zone}
          drafts={drafts}
          tab={tab}
          open={open}
          onTab={sheet.setTab}
          onClose={sheet.close}
        />
      </InRoom>
    );
  }
  if (me?.oversees !== true) return <InRoom {...shown} />;
  return (
    <InRoom {...shown} buttons={<PeopleButton waiting={0} onShow={sheet.show} />}>
      <OversightPanel live={live} room={room} open={open} onClose={sheet.close} />
    </InRoom>
  );
}

/** The panel without space at the side: a sheet that its buttons open, and that returns the focus. */
function useSheet() {
  const [tab, setTab] = useState<PanelTab>("people");
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLElement | null>(null);
  const show = (next: PanelTab) => {
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setOpen(!(open && tab === next));
    setTab(next);
  };
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  useEffect(() => {
    if (open) document.getElementById(`tab-${tab}`)?.focus();
  }, [open]);
  return { tab, open, setTab, show, close };
}

interface ButtonsProps {
  readonly waiting: number;
  readonly onShow: (tab: PanelTab) => void;
}

function PanelButtons({ waiting, onShow }: ButtonsProps) {
  return (
    <>
      <PeopleButton waiting={waiting} onShow={onShow} />
      <button type="button" class="button only-narrow" onClick={() => onShow("note")}>
        <NotebookPen aria-hidden="true" />
        {staffWords.notes.note}
      </button>
    </>
  );
}

function PeopleButton({ waiting, onShow }: ButtonsProps) {
  return (
    <button type="button" class="button only-narrow" onClick={() => onShow("people")}>
      <Users aria-hidden="true" />
      {staffWords.panel.people}
      {waiting > 0 && (
        <span class="badge count">
          {waiting}
          <span class="unseen"> {staffWords.panel.waiting}</span>
        </span>
      )}
    </button>
  );
}
