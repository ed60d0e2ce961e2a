import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import type { LocalMedia } from "../media/local.ts";
import { words } from "../messages/words.ts";
import type { Ending } from "../signaling/line.ts";
import { Wait } from "../ui/banner.tsx";
import { Heading } from "../ui/heading.tsx";
import { Page } from "../ui/page.tsx";
import type { Session } from "../wire/api.gen.ts";
import type { RoomChanged } from "../wire/protocol.gen.ts";
import { titleOf } from "../words.ts";
import { InRoom } from "./in-room.tsx";
import { LiveRoom, type ShownRoom, type Way } from "./live-room.ts";
import { Lobby } from "./lobby.tsx";
import { StuckHelp } from "./stuck.tsx";

interface RoomViewProps {
  readonly live: LiveRoom;
  /** Null while its title and zone are being fetched, since a resume does not wait for them. */
  readonly session: Session | null;
  readonly ending: (ending: Ending) => ComponentChildren;
  /** Additions to the room, beside its faces. */
  readonly inRoom?: (shown: ShownRoom) => ComponentChildren;
  /** Additions to the lobby. */
  readonly inLobby?: (room: RoomChanged) => ComponentChildren;
}

/** The room that `way` leads to: entered when the page shows it, and left without a message when it no longer does. */
export function useLiveRoom(way: Way, media: LocalMedia): LiveRoom {
  const live = useMemo(() => new LiveRoom(way, media), []);
  useEffect(() => {
    live.begin();
    return () => live.close();
  }, [live]);
  return live;
}

/** Everything after the door: connecting, the lobby, the room, and the end. */
export function RoomView({ live, session, ending, inRoom, inLobby }: RoomViewProps) {
  const title = session === null ? words.room.yourSession : titleOf(session);
  const phase = live.signaling.phase.value;
  if (phase.is === "over") return <>{ending(phase.ending)}</>;
  const room = live.room.value;
  if (room === null) return <Connecting live={live} title={title} sentence={phase.is === "pausing" ? phase.sentence : null} />;
  const shown = { live, room, title, zone: session?.timezone };
  if (!room.here) return <Lobby {...shown}>{inLobby?.(room)}</Lobby>;
  return inRoom === undefined ? <InRoom {...shown} /> : <>{inRoom(shown)}</>;
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
        <Wait>{words.room.connecting}</Wait>
        {sentence !== null && <p>{sentence}</p>}
        <StuckHelp live={live} />
      </div>
    </Page>
  );
}
