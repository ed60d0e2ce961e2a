"""Staff invite a client's guest on the client's release, pass on the link, and end either."""

from datetime import date, datetime, timedelta

from domain.access.guest_links import GuestLink
from domain.access.links import address
from domain.errors import InvalidInput, NotFound
from domain.instants import instant, local_date, local_midnight, second
from domain.mail.mails import Mail
from domain.people.names import checked_name
from domain.people.persons import Person
from domain.people.ties import Guardian, Tie
from domain.privacy.consents import INVOLVEMENT, Consent
from domain.privacy.texts import RELEASE
from runtime.clock import new_id
from runtime.secrets import random_secrets
from server.guests import choosing, payloads, viewing
from server.guests.choosing import Host
from server.guests.payloads import GuestFor, InviteGuest
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.privacy import consents as recording
from store.access import guest_links
from store.database import Transaction
from store.mail import outbox
from store.people import persons, search, ties
from store.privacy import consents

LONGEST_RELEASE = timedelta(days=2 * 366)
"""A release that ends later is taken for a mistake."""


async def invite_guest(call: Call[InviteGuest]) -> payloads.Guest:
    """Invite a guest: put the client's release on file, and make the guest's link. Its address is shown this once."""
    asked, staff = call.asked, call.staff
    async with call.database.transaction() as tx:
        host = await choosing.host(tx, call, call.ids["client"])
        guest = Person(id=new_id(), display_name=checked_name(asked.name, "$.name"), email=None, external_id=None)
        call.concerns(guest.id)
        release, tie = _release(call, host, guest.id), _tie(call, host, guest.id)
        await persons.create(tx, staff.clinic, guest)
        await ties.create(tx, staff.clinic, tie)
        await search.renew(tx, staff.clinic, [guest.id])
        await consents.file(tx, staff.clinic, release)
        url = await _link(tx, call, (tie, release), asked.link, "$.link") if asked.link is not None else None
        shown = await viewing.guest(tx, staff.clinic, tie, call.now, url)
        await recording.record_given(tx, staff.clinic, release, call.now)
    return shown


async def make_guest_link(call: Call[GuestFor]) -> payloads.Guest:
    """Make one more link for a guest whose release stands. Its address is shown this once."""
    async with call.database.transaction() as tx:
        tie, release = await _found(tx, call, call.ids["guest"])
        if not release.lets_attend(tie.guest, call.now):
            raise InvalidInput("Their release has ended, or does not let them come. Invite them again.", "$.session")
        url = await _link(tx, call, (tie, release), call.asked, "$")
        return await viewing.guest(tx, call.staff.clinic, tie, call.now, url)


async def revoke_release(call: Call[None]) -> None:
    """End a guest's release: their links open nothing from now on, and they leave the room within seconds."""
    async with call.database.transaction() as tx:
        _, release = await _found(tx, call, call.ids["guest"])
        await recording.revoke(tx, call.staff.clinic, release, call.now, call.staff.person)


async def revoke_guest_link(call: Call[None]) -> None:
    """Withdraw one link of a guest; the release and other links stay."""
    clinic, id = call.staff.clinic, call.ids["guest_link"]
    async with call.database.transaction() as tx:
        guest = await guest_links.guest_of(tx, clinic, id)
        if guest is None:
            raise NotFound
        await _found(tx, call, guest)
        await guest_links.revoke(tx, clinic, id, call.now)


async def _found(tx: Transaction, call: Call[GuestFor] | Call[None], guest: str) -> tuple[Tie, Consent]:
    """The guest's tie and release.

    Raises:
        NotFound: the clinic has no such guest, or this member of staff may not manage the client's guests.
    """
    tie = await ties.of_guest(tx, call.staff.clinic, guest)
    if tie is None:
        raise NotFound
    call.concerns(tie.guest)
    await choosing.host(tx, call, tie.client)
    releases = await consents.releases(tx, call.staff.clinic, tie.client)
    return tie, releases[tie.guest]


def _release(call: Call[InviteGuest], host: Host, guest: str) -> Consent:
    """The release as staff filed it from paper.

    Raises:
        InvalidInput
    """
    asked, zone = call.asked.release, call.staff.clinic_timezone
    today = local_date(second(call.now), zone)
    _check_signed(asked.signed_on, today, "$.release.signed_on")
    if asked.expires_on < today:
        raise InvalidInput("The release would have ended already. Choose a later day.", "$.release.expires_on")
    if asked.expires_on > today + LONGEST_RELEASE:
        raise InvalidInput("A release lasts at most two years. Choose an earlier day.", "$.release.expires_on")
    return Consent(
        id=new_id(),
        client=host.client.id,
        recipient_id=guest,
        purpose=INVOLVEMENT,
        scopes=tuple(sorted(set(asked.scopes))),
        signed_at=instant(local_midnight(asked.signed_on, zone)),
        expires_at=instant(local_midnight(asked.expires_on + timedelta(days=1), zone)),
        text_version=RELEASE.version,
        text_digest=RELEASE.digest(asked.language),
        given="paper",
        filed_by=call.staff.person,
        filed_at=call.now,
    )


def _tie(call: Call[InviteGuest], host: Host, guest: str) -> Tie:
    asked = call.asked
    return Tie(
        guest=guest,
        client=host.client.id,
        relation=asked.relation,
        email=asked.email,
        phone=asked.phone,
        language=asked.language,
        guardian=_guardian(call) if asked.minor else None,
        made_at=call.now,
        made_by=call.staff.person,
    )


def _guardian(call: Call[InviteGuest]) -> Guardian:
    """The guardian's consent that a minor comes.

    Raises:
        InvalidInput
    """
    asked = call.asked.guardian
    if asked is None:
        raise InvalidInput("A minor comes only with a guardian's consent. Write who gave it.", "$.guardian.name")
    _check_signed(asked.signed_on, local_date(second(call.now), call.staff.clinic_timezone), "$.guardian.signed_on")
    return Guardian(name=checked_name(asked.name, "$.guardian.name"), signed_on=asked.signed_on)


def _check_signed(day: date, today: date, path: str) -> None:
    if day > today:
        raise InvalidInput("That day has not come yet. Give the day of the signature.", path)
    if day.year < 2000:
        raise InvalidInput("That year is out of reach.", path)


async def _link(
    tx: Transaction, call: Call[InviteGuest] | Call[GuestFor], on: tuple[Tie, Consent], wanted: GuestFor, at: str
) -> str | None:
    """Make a guest's link for what is wanted, on their release. Its address, unless it is sent by mail.

    Raises:
        InvalidInput
    """
    tie, release = on
    if "attend" not in release.scopes:
        raise InvalidInput("To come to a session, the release must say so. Mark it there.", "$.release.scopes")
    if wanted.by_mail and tie.email is None:
        raise InvalidInput("Give the guest's e-mail address, or pass the link on yourself.", "$.email")
    link = GuestLink(
        id=new_id(),
        clinic=call.staff.clinic,
        guest=tie.guest,
        consent=release.id,
        role=tie.role,
        opens=await choosing.opened(tx, call.staff.clinic, release, wanted, at),
        created_at=call.now,
        created_by=call.staff.person,
        expires_at=choosing.end_of(release),
    )
    if wanted.by_mail:
        await guest_links.create(tx, link, None)
        await outbox.queue(tx, _mail(link, tie, call.now))
        return None
    secret = random_secrets.new()
    await guest_links.create(tx, link, random_secrets.digest(secret))
    return address(call.settings.public_origin, secret)


def _mail(link: GuestLink, tie: Tie, now: datetime) -> Mail:
    return Mail(
        id=new_id(),
        clinic=link.clinic,
        kind="guest_link",
        reference=link.id,
        person=tie.guest,
        address=tie.email,
        language=tie.language,
        queued_at=now,
    )


ROUTES = (
    Route(
        method="POST",
        path="/api/clients/{client}/guests",
        handler=invite_guest,
        who=Staff("guests.manage"),
        audited=True,
        request=InviteGuest,
        response=payloads.Guest,
        status=201,
    ),
    Route(
        method="POST",
        path="/api/guests/{guest}/links",
        handler=make_guest_link,
        who=Staff("guests.manage"),
        audited=True,
        request=GuestFor,
        response=payloads.Guest,
        status=201,
    ),
    Route(
        method="DELETE",
        path="/api/guests/{guest}/release",
        handler=revoke_release,
        who=Staff("guests.manage"),
        audited=True,
    ),
    Route(
        method="DELETE",
        path="/api/guest-links/{guest_link}",
        handler=revoke_guest_link,
        who=Staff("guests.manage"),
        audited=True,
    ),
)
