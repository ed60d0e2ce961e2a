import { useEffect, useRef, useState } from "preact/hooks";
import { NotebookPen, Settings, Users } from "../icons.ts";
import { PausedDevices } from "../media/device-pickers.tsx";
import { CameraSwitch, MicrophoneSwitch, ScreenSwitch } from "../media/switches.tsx";
import type { RoomChanged } from "../protocol.gen.ts";
import { Heading } from "../ui/heading.tsx";
import { Banner } from "../ui/banner.tsx";
import { ConnectionNews } from "./connection-news.tsx";
import { LeaveButton } from "./leave-button.tsx";
import type { LiveRoom } from "./live-room.ts";
import { OversightPanel } from "./oversight.tsx";
import { Panel, type PanelTab } from "./panel.tsx";
import { PrivacyNews } from "./privacy-news.tsx";
import { SessionClock } from "./session-clock.tsx";
import { SettingsDialog } from "./settings.tsx";
import { Sound } from "./sound.tsx";
import { Stage } from "./stage.tsx";
import { isStaff } from "./tiles.ts";

interface InRoomProps {
  readonly live: LiveRoom;
  readonly room: RoomChanged;
  readonly title: string;
  readonly zone: string | undefined;
}

/** The room: everybody's picture, one's own switches, and beside them what staff need. */
export function InRoom({ live, room, title, zone }: InRoomProps) {
  const [tab, setTab] = useState<PanelTab>("people");
  const [open, setOpen] = useState(false);
  const me = live.welcome.value;
  const staff = me !== null && isStaff(me.role);
  const oversees = !staff && me?.oversees === true;
  const opener = useRef<HTMLElement | null>(null);
  const show = (next: PanelTab) => {
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setOpen(!(open && tab === next));
    setTab(next);
  };
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  useEffect(() => {
    if (open) document.getElementById(`tab-${tab}`)?.focus();
  }, [open]);
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
      <Stage live={live} room={room} me={me?.person ?? ""} />
      {staff && (
        <Panel live={live} room={room} zone={zone} tab={tab} open={open} onTab={setTab} onClose={close} />
      )}
      {oversees && <OversightPanel live={live} room={room} open={open} onClose={close} />}
      <Bar live={live} waiting={room.waiting.length} staff={staff} oversees={oversees} onShow={show} />
    </div>
  );
}

interface BarProps {
  readonly live: LiveRoom;
  readonly waiting: number;
  readonly staff: boolean;
  /** Supervises the clinic and does not run this room. */
  readonly oversees: boolean;
  readonly onShow: (tab: PanelTab) => void;
}

function Bar({ live, waiting, staff, oversees, onShow }: BarProps) {
  const [settings, setSettings] = useState(false);
  return (
    <section class="bar" aria-label="Your controls">
      <MicrophoneSwitch media={live.media} />
      <CameraSwitch media={live.media} />
      <ScreenSwitch media={live.media} />
      {staff && (
        <>
          <button type="button" class="button only-narrow" onClick={() => onShow("people")}>
            <Users aria-hidden="true" />
            People
            {waiting > 0 && (
              <span class="badge count">
                {waiting}
                <span class="unseen"> waiting</span>
              </span>
            )}
          </button>
          <button type="button" class="button only-narrow" onClick={() => onShow("note")}>
            <NotebookPen aria-hidden="true" />
            Note
          </button>
        </>
      )}
      {oversees && (
        <button type="button" class="button only-narrow" onClick={() => onShow("people")}>
          <Users aria-hidden="true" />
          People
        </button>
      )}
      <button type="button" class="button" onClick={() => setSettings(true)}>
        <Settings aria-hidden="true" />
        Settings
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
      Close
    </button>
  );
  return (
    <Banner tone="warn" action={close}>
      {refusal.sentence}
    </Banner>
  );
}
