import type { LocalMedia } from "../media/local.ts";
import { words } from "../messages/words.ts";
import type { LiveRoom } from "../room/live-room.ts";
import { isStaff } from "../stage/tiles.ts";
import { Banner } from "../ui/banner.tsx";
import { type Standing, sentencesAt } from "./standing.ts";

const BROKEN: ReadonlySet<string> = new Set(["failed", "disconnected"]);

/** Before entering: who will see and hear this person. */
export function AtTheDoor({ media, staff }: { media: LocalMedia; staff: boolean }) {
  const standing = { ...own(media), place: "door", staff, connected: false, sending: false, broken: false } as const;
  return <Plain standing={standing} />;
}

/** In the lobby: that nobody sees or hears them. */
export function InTheLobby({ live }: { live: LiveRoom }) {
  return <Plain standing={standingOf(live, "lobby")} />;
}

/** In the room: anything that differs from what one expects. */
export function PrivacyNews({ live }: { live: LiveRoom }) {
  const news = sentencesAt(standingOf(live, "room")).filter((sentence) => sentence !== "line_broken");
  return news.map((sentence) => (
    <Banner key={sentence} tone="warn" {...(sentence === "resting" ? { action: <TurnOn media={live.media} /> } : {})}>
      {words.privacy.standing[sentence]}
    </Banner>
  ));
}

/** While the line is lost: that others may still see and hear them. */
export function stillSent(live: LiveRoom): readonly string[] {
  const place = live.room.value?.here === true ? "room" : "lobby";
  return sentencesAt(standingOf(live, place)).includes("line_broken") ? [words.privacy.standing.line_broken] : [];
}

/** After the end: that every device was released. */
export function AtTheEnd() {
  return <p class="small soft">{words.privacy.standing.over}</p>;
}

function TurnOn({ media }: { media: LocalMedia }) {
  const kinds = media.before();
  if (kinds.length === 0) return null;
  return (
    <button type="button" class="button main" onClick={() => media.wake()}>
      {words.devices.turnOn(kinds)}
    </button>
  );
}

function Plain({ standing }: { standing: Standing }) {
  return <p class="small soft">{sentencesAt(standing).map((sentence) => words.privacy.standing[sentence]).join(" ")}</p>;
}

function standingOf(live: LiveRoom, place: Standing["place"]): Standing {
  return {
    ...own(live.media),
    place,
    staff: isStaff(live.welcome.value?.role ?? ""),
    connected: live.signaling.phase.value.is === "open",
    sending: live.publishing.state.value === "connected",
    broken: BROKEN.has(live.publishing.state.value),
  };
}

function own(media: LocalMedia): Pick<Standing, "microphone" | "camera" | "screen" | "resting"> {
  return {
    microphone: media.audible.value,
    camera: media.visible.value,
    screen: media.screen.value !== null,
    resting: media.resting.value,
  };
}
