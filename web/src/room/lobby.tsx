import type { ComponentChildren } from "preact";
import { DeviceCheck } from "../devices/device-check.tsx";
import { clock, remaining } from "../format.ts";
import { secondsUntil } from "../now.ts";
import { InTheLobby } from "../privacy/news.tsx";
import { Wait } from "../ui/banner.tsx";
import { Heading } from "../ui/heading.tsx";
import { Page } from "../ui/page.tsx";
import type { RoomChanged } from "../wire/protocol.gen.ts";
import { ConnectionNews } from "./connection-news.tsx";
import { LeaveButton } from "./leave-button.tsx";
import type { ShownRoom } from "./live-room.ts";

/** Where people wait to be let in. They may still change how they look and sound. */
export function Lobby({ live, room, title, zone, children }: ShownRoom & { readonly children?: ComponentChildren }) {
  return (
    <Page aside={<LeaveButton live={live} />}>
      <div class="stack">
        <Heading title="You are in the lobby" />
        <p class="soft">{title}</p>
        <ConnectionNews live={live} zone={zone} />
        <Wait>{whatWeWaitFor(room, zone)}</Wait>
        {live.returned.value && <p>Your facilitator has asked you to wait here for a while.</p>}
        <p>There is nothing to do: you go in by yourself as soon as your facilitator lets you in.</p>
        <InTheLobby live={live} />
        {children}
        <DeviceCheck media={live.media}>{null}</DeviceCheck>
      </div>
    </Page>
  );
}

function whatWeWaitFor(room: RoomChanged, zone: string | undefined): string {
  if (room.phase === "live") return "The session is under way. Staff in the room can let you in.";
  const seconds = secondsUntil(room.starts);
  const shown = zone === undefined ? {} : { zone };
  return seconds > 0
    ? `The session starts at ${clock(room.starts, shown)}, in ${remaining(seconds)}.`
    : "The session has not been started yet.";
}
