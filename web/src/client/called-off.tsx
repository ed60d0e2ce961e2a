import { words } from "../messages/words.ts";

/** For people who came, or wait: true at any hour, and no promise of anybody else's. */
export function CalledOff() {
  return (
    <>
      <p>{words.door.calledOff}</p>
      <p>{words.door.questions}</p>
    </>
  );
}
