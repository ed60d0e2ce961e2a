import { words } from "../messages/words.ts";

/** For people who arrived or wait. True at any hour; it promises nothing for others. */
export function CalledOff() {
  return (
    <>
      <p>{words.door.calledOff}</p>
      <p>{words.door.questions}</p>
    </>
  );
}
