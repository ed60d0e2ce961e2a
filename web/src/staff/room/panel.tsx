import { X } from "../../icons.ts";
import type { LiveRoom } from "../../room/live-room.ts";
import { type Tab, Tabs } from "../../ui/tabs.tsx";
import type { RoomChanged } from "../../wire/protocol.gen.ts";
import type { Drafts } from "../notes/drafts.ts";
import { NoteEditor } from "../notes/note-editor.tsx";
import { People } from "./people.tsx";
import { SessionControls } from "./session-controls.tsx";
import { WaitingPeople } from "./waiting-people.tsx";

export type PanelTab = "people" | "note";

const TABS: readonly Tab<PanelTab>[] = [
  { name: "people", label: "People" },
  { name: "note", label: "Note" },
];

interface PanelProps {
  readonly live: LiveRoom;
  readonly room: RoomChanged;
  readonly zone: string | undefined;
  readonly drafts: Drafts;
  readonly tab: PanelTab;
  /** Whether the sheet is up where there is no room for a panel at the side. */
  readonly open: boolean;
  readonly onTab: (tab: PanelTab) => void;
  readonly onClose: () => void;
}

/** What staff need beside the faces: who waits, who was here how long, the note, and the session's course. */
export function Panel({ live, room, zone, drafts, tab, open, onTab, onClose }: PanelProps) {
  return (
    <aside
      class="panel"
      data-open={open}
      data-tab={tab}
      aria-label="For staff"
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <div class="panel-top">
        <Tabs label="People or note" tabs={TABS} chosen={tab} onChoose={onTab} />
        <button type="button" class="button plain only-narrow" aria-label="Close" onClick={onClose}>
          <X aria-hidden="true" />
        </button>
      </div>
      <WaitingPeople live={live} room={room} zone={zone} brief={tab === "note"} onList={() => onTab("people")} />
      {tab === "people" ? <People live={live} room={room} /> : <NoteEditor live={live} drafts={drafts} zone={zone} />}
      <SessionControls live={live} room={room} drafts={drafts} zone={zone} />
    </aside>
  );
}
