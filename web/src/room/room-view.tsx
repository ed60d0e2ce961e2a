import { useEffect, useMemo } from "preact/hooks";
import type { Session } from "../api.gen.ts";
import type { LocalMedia } from "../media/local.ts";
import { Wait } from "../ui/banner.tsx";
import { Heading } from "../ui/heading.tsx";
import { Page } from "../ui/page.tsx";
import { titleOf } from "../words.ts";
import { EndingPage } from "./ending.tsx";
import { InRoom } from "./in-room.tsx";
import { LiveRoom, type Way } from "./live-room.ts";
import { Lobby } from "./lobby.tsx";
import { StuckHelp } from "./stuck.tsx";

interface RoomViewProps {
  readonly way: Way;
  /** Null while its title and zone are still being fetched: a resume does not wait for them. */
  readonly session: Session | null;
  readonly media: LocalMedia;
  readonly onAgain: () => void;
}

/** Everything after the door: connecting, the lobby, the room, and the end. */
export function RoomView({ way, session, media, onAgain }: RoomViewProps) {
  const live = useMemo(() => new LiveRoom(way, media), []);
  useEffect(() => {
    live.begin();
    return () => live.close();
  }, [live]);

  const title = session === null ? "Your session" : titleOf(session);
  const phase = live.signaling.phase.value;
  if (phase.is === "over") return <EndingPage live={live} ending={phase.ending} way={way} onAgain={onAgain} />;
  const room = live.room.value;
  if (room === null) return <Connecting live={live} title={title} sentence={phase.is === "pausing" ? phase.sentence : null} />;
  return room.here ? (
    <InRoom live={live} room={room} title={title} zone={session?.timezone} />
  ) : (
    <Lobby live={live} room={room} title={title} zone={session?.timezone} />
  );
}

interface ConnectingProps {
  readonly live: LiveRoom;
  readonly title: string;
  readonly sentence: string | null;
}

function Connecting({ live, title, sentence }: ConnectingProps) {
  return (
    <Page width="narrow">
      <div class="stack">
        <Heading title={title} />
        <Wait>Connecting you… We keep trying.</Wait>
        {sentence !== null && <p>{sentence}</p>}
        <StuckHelp live={live} />
      </div>
    </Page>
  );
}
