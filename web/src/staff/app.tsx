import type { JSX } from "preact";
import { AttendancePage } from "./attendance/page.tsx";
import { Home } from "./home.tsx";
import { StaffRoom } from "./room/staff-room.tsx";
import { currentRoute } from "./router.ts";
import { Unknown } from "./unknown.tsx";

/** The page at the current address. Its type is stated, so that the compiler asks for a page that has no case. */
export function App(): JSX.Element {
  const route = currentRoute();
  switch (route.page) {
    case "home":
      return <Home />;
    case "room":
      return <StaffRoom key={route.session} session={route.session} />;
    case "attendance":
      return <AttendancePage key={route.session} session={route.session} />;
    case "unknown":
      return <Unknown />;
  }
}
