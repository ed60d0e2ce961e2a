/** For people who came, or wait: true at any hour, and no promise of anybody else's. */
export function CalledOff() {
  return (
    <>
      <p>Your program has cancelled it. You do not have to wait, and it does not count as an absence of yours.</p>
      <p>If you have questions, ask your facilitator or your program as you usually do.</p>
    </>
  );
}
