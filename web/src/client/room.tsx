import type { LocalMedia } from "../media/local.ts";
import { EndingPage, WayBack } from "../room/ending.tsx";
import { RoomView, useLiveRoom } from "../room/room-view.tsx";
import type { Session } from "../wire/api.gen.ts";
import { api } from "./api.ts";
import { CalledOff } from "./called-off.tsx";

interface ClientRoomProps {
  readonly session: string;
  readonly link: string;
  readonly known: Session | null;
  readonly media: LocalMedia;
  readonly onAgain: () => void;
}

/** The room for clients and their guests. */
export function ClientRoom({ session, link, known, media, onAgain }: ClientRoomProps) {
  const live = useLiveRoom({ session, askTicket: () => api.ticket(session, link) }, media);
  return (
    <RoomView
      live={live}
      session={known}
      ending={(ending) => (
        <EndingPage ending={ending} ways={<WayBack ending={ending} main onAgain={onAgain} />} calledOff={<CalledOff />} />
      )}
    />
  );
}
