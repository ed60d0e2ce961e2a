import { useState } from "preact/hooks";
import { clock } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { now } from "../../now.ts";
import type { LiveRoom } from "../../room/live-room.ts";
import { Dialog, Question } from "../../ui/dialog.tsx";
import type { RoomChanged } from "../../wire/protocol.gen.ts";
import type { Drafts } from "../notes/drafts.ts";

interface ControlsProps {
  readonly live: LiveRoom;
  readonly room: RoomChanged;
  readonly drafts: Drafts;
  readonly zone: string | undefined;
}

/** The session's controls: start, break, more time, end. */
export function SessionControls({ live, room, drafts, zone }: ControlsProps) {
  const [asking, setAsking] = useState<"end" | "extend" | null>(null);
  const close = () => setAsking(null);
  if (room.phase === "before") {
    return (
      <div class="panel-foot">
        <button type="button" class="button main" onClick={() => live.ask({ type: "start_session" })}>
          {staffWords.panel.start}
        </button>
      </div>
    );
  }
  const onBreak = room.break_since !== null;
  return (
    <div class="panel-foot">
      <button type="button" class="button" onClick={() => live.ask({ type: onBreak ? "end_break" : "start_break" })}>
        {onBreak ? staffWords.panel.endBreak : staffWords.panel.startBreak}
      </button>
      <button type="button" class="button" onClick={() => setAsking("extend")}>
        {staffWords.panel.moreTime}
      </button>
      <button type="button" class="button" onClick={() => setAsking("end")}>
        {staffWords.panel.end}
      </button>
      {asking === "end" && (
        <Question
          title={staffWords.panel.endAsk}
          yes={staffWords.panel.endYes}
          no={staffWords.panel.endNo}
          grave
          onYes={() => {
            drafts.flush();
            live.ask({ type: "end_session" });
            close();
          }}
          onNo={close}
        >
          <p>{staffWords.panel.endMeans}</p>
        </Question>
      )}
      {asking === "extend" && <Extend live={live} room={room} zone={zone} onClose={close} />}
    </div>
  );
}

const MINUTES = [5, 10, 15, 30];

function Extend({ live, room, zone, onClose }: Omit<ControlsProps, "drafts"> & { readonly onClose: () => void }) {
  const base = Math.max(Date.parse(room.ends), now.value);
  const choose = (until: number) => {
    live.ask({ type: "extend_session", until: new Date(until).toISOString() });
    onClose();
  };
  return (
    <Dialog title={staffWords.panel.howMuch} onClose={onClose}>
      <p>{staffWords.panel.extendMeans}</p>
      <div class="stack-tight">
        {MINUTES.map((minutes) => (
          <button key={minutes} type="button" class="button wide" onClick={() => choose(base + minutes * 60_000)}>
            {staffWords.panel.extendBy(minutes, clock(base + minutes * 60_000, zone === undefined ? {} : { zone }))}
          </button>
        ))}
      </div>
      <button type="button" class="button plain wide" onClick={onClose}>
        {staffWords.common.cancel}
      </button>
    </Dialog>
  );
}
