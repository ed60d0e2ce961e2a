import { useState } from "preact/hooks";
import { LogOut } from "../icons.ts";
import { Question } from "../ui/dialog.tsx";
import type { LiveRoom } from "./live-room.ts";

/** Leaves on purpose, after asking once. */
export function LeaveButton({ live }: { live: LiveRoom }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" class="button" onClick={() => setAsking(true)}>
        <LogOut aria-hidden="true" />
        Leave
      </button>
      {asking && (
        <Question
          title="Leave the session?"
          yes="Leave"
          no="Stay"
          onYes={() => void live.leave()}
          onNo={() => setAsking(false)}
        >
          <p>Your time counts up to now. You can come back while the session lasts.</p>
        </Question>
      )}
    </>
  );
}
