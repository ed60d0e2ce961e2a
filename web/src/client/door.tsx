import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { DeviceCheck } from "../devices/device-check.tsx";
import type { LocalMedia } from "../media/local.ts";
import { useOwnMedia } from "../media/own-media.ts";
import { words } from "../messages/words.ts";
import * as clock from "../now.ts";
import { AtTheDoor } from "../privacy/news.tsx";
import { comeBack } from "../storage.ts";
import { Stale } from "../ui/age.tsx";
import { Banner, Wait } from "../ui/banner.tsx";
import { Heading } from "../ui/heading.tsx";
import { Page } from "../ui/page.tsx";
import type { Invitation, Session } from "../wire/api.gen.ts";
import { useLoaded } from "../wire/loaded.ts";
import { mayPass } from "../wire/request.ts";
import { api } from "./api.ts";
import { CalledOff } from "./called-off.tsx";
import { Guest } from "./guest.tsx";
import { takeLink } from "./link.ts";
import { Own, type OwnPage } from "./hours/own.tsx";
import { ClientRoom } from "./room.tsx";
import { agree, SeenAs } from "./seen-as.tsx";
import { WhichSession } from "./which-session.tsx";

/** A client's door; the personal link identifies them. */
export function JoinPage() {
  const link = useMemo(takeLink, []);
  const [round, setRound] = useState(0);
  const [own, setOwn] = useState<OwnPage | null>(null);
  if (link === null) return <NoLink />;
  if (own !== null) return <Own key={own} page={own} link={link} onBack={() => setOwn(null)} />;
  return <Door key={round} link={link} onAgain={() => setRound(round + 1)} onOwn={setOwn} />;
}

interface DoorProps {
  readonly link: string;
  readonly onAgain: () => void;
  readonly onOwn: (page: OwnPage) => void;
}

function Door({ link, onAgain, onOwn }: DoorProps) {
  const [entered, setEntered] = useState<string | null>(() => comeBack.read()?.session ?? null);
  const [straightIn] = useState(entered !== null);
  const [loaded, again] = useLoaded("invitation", () => opened(link));
  const invitation = loaded.is === "there" ? loaded.value : null;
  const session = invitation?.session ?? null;
  const media = useOwnMedia(entered !== null || takesPlace(session), straightIn);
  useRetryAt(changesLater(invitation), again);
  useEffect(() => {
    if (clock.shaken.value > 0) again();
  }, [clock.shaken.value, again]);
  if (entered !== null) {
    const known = session?.id === entered ? session : null;
    return <ClientRoom session={entered} link={link} known={known} media={media} onAgain={onAgain} />;
  }
  if (loaded.is === "loading") return <Opening />;
  if (loaded.is === "failed") return <NotOpened error={loaded.error} sentence={loaded.sentence} again={again} />;
  return (
    <Invited link={link} again={again} invitation={loaded.value} media={media} onEnter={setEntered} onOwn={onOwn}>
      <Stale loaded={loaded} />
    </Invited>
  );
}

/** What the link opens, and the service's time, by which the door opens; the device's clock does not count. */
async function opened(link: string): Promise<Invitation> {
  const invitation = await api.openJoinLink(link);
  clock.set(invitation.now);
  return invitation;
}

function takesPlace(session: Session | null): boolean {
  return session !== null && session.phase !== "cancelled";
}

/** When the answer may change: when the lobby opens; for a cancelled session, at any time. */
function changesLater(invitation: Invitation | null): string | null {
  if (invitation === null) return null;
  if (invitation.session?.phase === "cancelled") return invitation.now;
  return invitation.may_enter ? null : invitation.lobby_opens;
}

interface InvitedProps {
  readonly invitation: Invitation;
  readonly media: LocalMedia;
  readonly onEnter: (session: string) => void;
  readonly onOwn: (page: OwnPage) => void;
  readonly link: string;
  readonly again: () => void;
  readonly children: ComponentChildren;
}

function Invited({ invitation, media, onEnter, onOwn, link, again, children }: InvitedProps) {
  const [chosen, setChosen] = useState(invitation.alias);
  useEffect(() => setChosen(invitation.alias), [invitation.alias.alias]);
  const { session, guest } = invitation;
  const hours = guest === null && <OwnPages onOwn={onOwn} />;
  if (session?.phase === "cancelled") {
    return (
      <Cancelled invitation={invitation}>
        {children}
        {hours}
      </Cancelled>
    );
  }
  const enter = (into: string) => void agree(link, chosen).then(() => onEnter(into));
  return (
    <Page>
      <div class="stack">
        <Heading title={words.door.hello(invitation.name)} />
        <WhichSession invitation={invitation} />
        {guest !== null && <Guest guest={guest} link={link} onAgreed={again} />}
        {children}
        {session !== null && (guest === null || guest.agreed) && (
          <>
            <SeenAs link={link} offer={chosen} onChanged={setChosen} />
            <DeviceCheck media={media}>
              <Enter invitation={invitation} session={session} media={media} onEnter={enter} />
            </DeviceCheck>
          </>
        )}
        {hours}
      </div>
    </Page>
  );
}

function OwnPages({ onOwn }: { readonly onOwn: (page: OwnPage) => void }) {
  return (
    <div class="row">
      <button type="button" class="button" onClick={() => onOwn("hours")}>
        {words.hours.open}
      </button>
      <button type="button" class="button" onClick={() => onOwn("meetings")}>
        {words.meetings.open}
      </button>
    </div>
  );
}

/** The link of a cancelled session. If it is reinstated, the button to enter appears here. */
function Cancelled({ invitation, children }: Pick<InvitedProps, "invitation" | "children">) {
  return (
    <Page>
      <div class="stack">
        <Heading title={words.door.hello(invitation.name)} />
        <WhichSession invitation={invitation} />
        {children}
        <div class="banner warn">
          <div class="stack-tight">
            <p>
              <strong>{words.common.cancelledTitle}.</strong>
            </p>
            <CalledOff />
          </div>
        </div>
      </div>
    </Page>
  );
}

interface EnterProps {
  readonly invitation: Invitation;
  readonly session: Session;
  readonly media: LocalMedia;
  readonly onEnter: (session: string) => void;
}

function Enter({ invitation, session, media, onEnter }: EnterProps) {
  if (!invitation.may_enter) return <p class="banner">{words.door.stay}</p>;
  return (
    <div class="stack-tight">
      <button type="button" class="button main wide" onClick={() => onEnter(session.id)}>
        {words.door.enter}
      </button>
      <AtTheDoor media={media} staff={false} />
    </div>
  );
}

/** Loads again at that moment, and then every half minute until something changes. */
function useRetryAt(at: string | null, again: () => void): void {
  const due = at !== null && clock.secondsUntil(at) <= 0;
  useEffect(() => {
    if (!due) return undefined;
    again();
    const timer = setInterval(again, 30_000);
    return () => clearInterval(timer);
  }, [due, again]);
}

function Opening() {
  return (
    <Page width="narrow">
      <Wait>{words.door.opening}</Wait>
    </Page>
  );
}

function NotOpened({ error, sentence, again }: { error: unknown; sentence: string; again: () => void }) {
  return (
    <Page width="narrow">
      <div class="stack">
        <Heading title={mayPass(error) ? words.common.justAMoment : words.door.notOpened} />
        <Banner tone="bad">{sentence}</Banner>
        <button type="button" class="button main" onClick={again}>
          {words.common.tryAgain}
        </button>
      </div>
    </Page>
  );
}

function NoLink() {
  return (
    <Page width="narrow">
      <div class="stack">
        <Heading title={words.door.noLinkTitle} />
        <p>{words.door.noLink}</p>
      </div>
    </Page>
  );
}
