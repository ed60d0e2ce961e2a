import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { PausedDevices } from "../devices/device-pickers.tsx";
import { CameraSwitch, MicrophoneSwitch, ScreenSwitch } from "../devices/switches.tsx";
import { Settings } from "../icons.ts";
import { words } from "../messages/words.ts";
import { PrivacyNews } from "../privacy/news.tsx";
import { Stage } from "../stage/stage.tsx";
import { Banner } from "../ui/banner.tsx";
import { Heading } from "../ui/heading.tsx";
import { ConnectionNews } from "./connection-news.tsx";
import { LeaveButton } from "./leave-button.tsx";
import type { LiveRoom, ShownRoom } from "./live-room.ts";
import { SessionClock } from "./session-clock.tsx";
import { SettingsDialog } from "./settings.tsx";
import { Sound } from "./sound.tsx";

interface InRoomProps extends ShownRoom {
  /** What is between one's own switches and the leave button. */
  readonly buttons?: ComponentChildren;
  /** The panel beside the faces. */
  readonly children?: ComponentChildren;
}

/** The room: everybody's picture, one's own switches, and the page's additions beside them. */
export function InRoom({ live, room, title, zone, buttons, children }: InRoomProps) {
  return (
    <div class="room">
      <header class="room-head">
        <Heading title={title} />
        <SessionClock room={room} zone={zone} />
        <div class="room-news">
          <ConnectionNews live={live} zone={zone} />
          {room.trouble !== null && <Banner tone="warn">{room.trouble}</Banner>}
          <PrivacyNews live={live} />
          <Refusal live={live} />
          <PausedDevices media={live.media} />
          <Sound live={live} />
        </div>
      </header>
      <Stage live={live} room={room} me={live.welcome.value?.member ?? ""} />
      {children}
      <Bar live={live}>{buttons}</Bar>
    </div>
  );
}

function Bar({ live, children }: { live: LiveRoom; children: ComponentChildren }) {
  const [settings, setSettings] = useState(false);
  return (
    <section class="bar" aria-label={words.room.controls}>
      <MicrophoneSwitch media={live.media} />
      <CameraSwitch media={live.media} />
      <ScreenSwitch media={live.media} />
      {children}
      <button type="button" class="button" onClick={() => setSettings(true)}>
        <Settings aria-hidden="true" />
        {words.room.settings}
      </button>
      <LeaveButton live={live} />
      {settings && <SettingsDialog live={live} onClose={() => setSettings(false)} />}
    </section>
  );
}

function Refusal({ live }: { live: LiveRoom }) {
  const refusal = live.refusal.value;
  if (refusal === null) return null;
  const close = (
    <button type="button" class="button" onClick={() => (live.refusal.value = null)}>
      {words.common.close}
    </button>
  );
  return (
    <Banner tone="warn" action={close}>
      {refusal.sentence}
    </Banner>
  );
}
