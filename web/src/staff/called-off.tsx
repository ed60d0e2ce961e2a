/** For staff whose session was cancelled: what that means, and that it can be taken back. */
export function StaffCalledOff() {
  return (
    <p>
      The session was cancelled: nobody is credited in it, and nobody counts as absent. Whoever may cancel it can take that
      back, on the page of today's sessions or on its attendance page.
    </p>
  );
}
