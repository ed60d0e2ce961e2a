import { staffWords } from "../messages/words.ts";

/** For staff whose session was cancelled: what that means, and that they can reinstate it. */
export function StaffCalledOff() {
  return <p>{staffWords.pages.calledOff}</p>;
}
