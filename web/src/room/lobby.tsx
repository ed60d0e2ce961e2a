import type { ComponentChildren } from "preact";
import { DeviceCheck } from "../devices/device-check.tsx";
import { clock, remaining } from "../format.ts";
import { words } from "../messages/words.ts";
import { secondsUntil } from "../now.ts";
import { InTheLobby } from "../privacy/news.tsx";
import { Wait } from "../ui/banner.tsx";
import { Heading } from "../ui/heading.tsx";
import { Page } from "../ui/page.tsx";
import type { RoomChanged } from "../wire/protocol.gen.ts";
import { ConnectionNews } from "./connection-news.tsx";
import { LeaveButton } from "./leave-button.tsx";
import type { ShownRoom } from "./live-room.ts";

/** The lobby, where people wait to be let in and can still change their devices. */
export function Lobby({ live, room, title, zone, children }: ShownRoom & { readonly children?: ComponentChildren }) {
  return (
    <Page aside={<LeaveButton live={live} />}>
      <div class="stack">
        <Heading title={words.room.lobby} />
        <p class="soft">{title}</p>
        <ConnectionNews live={live} zone={zone} />
        <Wait>{whatWeWaitFor(room, zone)}</Wait>
        {live.returned.value && <p>{words.room.returned}</p>}
        <p>{words.room.nothingToDo}</p>
        <InTheLobby live={live} />
        {children}
        <DeviceCheck media={live.media}>{null}</DeviceCheck>
      </div>
    </Page>
  );
}

function whatWeWaitFor(room: RoomChanged, zone: string | undefined): string {
  if (room.phase === "live") return words.room.underWay;
  const seconds = secondsUntil(room.starts);
  const shown = zone === undefined ? {} : { zone };
  return seconds > 0
    ? words.room.startsAt(clock(room.starts, shown), remaining(seconds))
    : words.room.notStarted;
}
