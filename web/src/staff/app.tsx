import { AttendancePage } from "./attendance/page.tsx";
import { Home } from "./home.tsx";
import { JoinPage } from "../client/door.tsx";
import { StaffRoom } from "./room/staff-room.tsx";
import { Unknown } from "./unknown.tsx";
import { currentRoute } from "./router.ts";
import { Announcer } from "../ui/announcer.tsx";

export function App() {
  return (
    <>
      <Shown />
      <Announcer />
    </>
  );
}

function Shown() {
  const route = currentRoute();
  switch (route.page) {
    case "home":
      return <Home />;
    case "join":
      return <JoinPage />;
    case "room":
      return <StaffRoom key={route.session} session={route.session} />;
    case "attendance":
      return <AttendancePage key={route.session} session={route.session} />;
    case "unknown":
      return <Unknown />;
  }
}
