import { staffWords } from "../messages/words.ts";

/** For staff whose session was cancelled: what that means, and that it can be taken back. */
export function StaffCalledOff() {
  return <p>{staffWords.pages.calledOff}</p>;
}
