import type { LocalMedia } from "../../media/local.ts";
import { RoomView, useLiveRoom } from "../../room/room-view.tsx";
import type { Session } from "../../wire/api.gen.ts";
import { api } from "../api.ts";
import { useDrafts } from "../notes/keep-drafts.ts";
import { Oversight } from "../oversight/panel.tsx";
import { StaffEnding } from "./ending.tsx";
import { StaffInRoom } from "./in-room.tsx";

interface StaffRoomViewProps {
  readonly session: string;
  readonly known: Session | null;
  readonly media: LocalMedia;
  readonly onAgain: () => void;
}

/** The room for staff, with their panel, their notes, and the link to the attendance. */
export function StaffRoomView({ session, known, media, onAgain }: StaffRoomViewProps) {
  const live = useLiveRoom({ session, askTicket: () => api.ticket(session) }, media);
  const drafts = useDrafts(live, session);
  return (
    <RoomView
      live={live}
      session={known}
      inRoom={(shown) => <StaffInRoom {...shown} drafts={drafts} />}
      inLobby={(room) => live.welcome.value?.oversees === true && <Oversight live={live} room={room} />}
      ending={(ending) => <StaffEnding ending={ending} session={session} drafts={drafts} onAgain={onAgain} />}
    />
  );
}
