import { AttendancePage } from "./pages/attendance.tsx";
import { Home } from "./pages/home.tsx";
import { JoinPage } from "./pages/join.tsx";
import { StaffRoom } from "./pages/staff-room.tsx";
import { Unknown } from "./pages/unknown.tsx";
import { currentRoute } from "./router.ts";
import { Announcer } from "./ui/announcer.tsx";

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
