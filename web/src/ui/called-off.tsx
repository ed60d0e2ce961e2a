/** For people who came, or wait: true at any hour, and no promise of anybody else's. */
export function CalledOff({ staff = false }: { readonly staff?: boolean }) {
  if (staff) {
    return (
      <p>
        The session was cancelled: nobody is credited in it, and nobody counts as absent. Whoever may cancel it can take that
        back, on the page of today's sessions or on its attendance page.
      </p>
    );
  }
  return (
    <>
      <p>Your program has cancelled it. You do not have to wait, and it does not count as an absence of yours.</p>
      <p>If you have questions, ask your facilitator or your program as you usually do.</p>
    </>
  );
}
