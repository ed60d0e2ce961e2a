import { useState } from "preact/hooks";
import { LogOut } from "../icons.ts";
import { words } from "../messages/words.ts";
import { Question } from "../ui/dialog.tsx";
import type { LiveRoom } from "./live-room.ts";

/** Leaves on purpose, after one question. */
export function LeaveButton({ live }: { live: LiveRoom }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" class="button" onClick={() => setAsking(true)}>
        <LogOut aria-hidden="true" />
        {words.room.leave}
      </button>
      {asking && (
        <Question
          title={words.room.leaveAsk}
          yes={words.room.leave}
          no={words.room.stay}
          onYes={() => void live.leave()}
          onNo={() => setAsking(false)}
        >
          <p>{words.room.leaveMeans}</p>
        </Question>
      )}
    </>
  );
}
