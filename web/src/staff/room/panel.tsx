import { X } from "../../icons.ts";
import { staffWords } from "../../messages/words.ts";
import type { LiveRoom } from "../../room/live-room.ts";
import { type Tab, Tabs } from "../../ui/tabs.tsx";
import type { RoomChanged } from "../../wire/protocol.gen.ts";
import type { Drafts } from "../notes/drafts.ts";
import { NoteEditor } from "../notes/note-editor.tsx";
import { People } from "./people.tsx";
import { SessionControls } from "./session-controls.tsx";
import { WaitingPeople } from "./waiting-people.tsx";

export type PanelTab = "people" | "note";

interface PanelProps {
  readonly live: LiveRoom;
  readonly room: RoomChanged;
  readonly zone: string | undefined;
  readonly drafts: Drafts;
  readonly tab: PanelTab;
  /** Whether the sheet is open, if there is no space for a panel at the side. */
  readonly open: boolean;
  readonly onTab: (tab: PanelTab) => void;
  readonly onClose: () => void;
}

/** The staff's panel beside the faces: who waits, everybody's time, the note, and the session's controls. */
export function Panel({ live, room, zone, drafts, tab, open, onTab, onClose }: PanelProps) {
  const tabs: readonly Tab<PanelTab>[] = [
    { name: "people", label: staffWords.panel.people },
    { name: "note", label: staffWords.notes.note },
  ];
  return (
    <aside
      class="panel"
      data-open={open}
      data-tab={tab}
      aria-label={staffWords.panel.forStaff}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <div class="panel-top">
        <Tabs label={staffWords.panel.peopleOrNote} tabs={tabs} chosen={tab} onChoose={onTab} />
        <button type="button" class="button plain only-narrow" aria-label={staffWords.common.close} onClick={onClose}>
          <X aria-hidden="true" />
        </button>
      </div>
      <WaitingPeople live={live} room={room} zone={zone} brief={tab === "note"} onList={() => onTab("people")} />
      {tab === "people" ? <People live={live} room={room} /> : <NoteEditor live={live} drafts={drafts} zone={zone} />}
      <SessionControls live={live} room={room} drafts={drafts} zone={zone} />
    </aside>
  );
}
