"""Staff invite a client's guest on the client's release, pass on the link, and end either."""

from domain.errors import InvalidInput, NotFound
from domain.people.names import checked_name
from domain.people.persons import Person
from domain.people.ties import Guardian, Tie
from runtime.clock import new_id
from server.guests import choosing, links, payloads, releases, viewing
from server.guests.choosing import Host
from server.guests.payloads import GuestFor, InviteGuest
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.privacy import consents as recording
from store.access import guest_links
from store.people import aliases, persons, search, ties
from store.privacy import consents


async def invite_guest(call: Call[InviteGuest]) -> payloads.Guest:
    """Invite a guest: put the client's release on file, and make the guest's link. Its address is shown this once."""
    asked, staff = call.asked, call.staff
    async with call.database.transaction() as tx:
        host = await choosing.host(tx, call, call.ids["client"])
        guest = Person(id=new_id(), display_name=checked_name(asked.name, "$.name"), email=None, external_id=None)
        call.concerns(guest.id)
        tie = _tie(call, host, guest.id)
        release = releases.signed(call, tie, asked.release)
        await persons.create(tx, staff.clinic, guest)
        await aliases.reserve_suggested(tx, staff.clinic, guest.id, guest.display_name, call.now)
        await ties.create(tx, staff.clinic, tie)
        await search.renew(tx, staff.clinic, [guest.id])
        await consents.file(tx, staff.clinic, release)
        url = await links.make(tx, call, (tie, release), asked.link, "$.link") if asked.link is not None else None
        shown = await viewing.guest(tx, call, tie, url)
        await recording.record_given(tx, staff.clinic, release, call.now)
    return shown


async def make_guest_link(call: Call[GuestFor]) -> payloads.Guest:
    """Make one more link for a guest whose release stands. Its address is shown this once."""
    async with call.database.transaction() as tx:
        tie, release = await choosing.found(tx, call, call.ids["guest"])
        if not release.lets_attend(tie.guest, call.now):
            raise InvalidInput("Their release has ended, or does not let them come. File another release.", "$.session")
        url = await links.make(tx, call, (tie, release), call.asked, "$")
        return await viewing.guest(tx, call, tie, url)


async def revoke_guest_link(call: Call[None]) -> None:
    """Withdraw one link of a guest; the release and other links stay."""
    clinic, id = call.staff.clinic, call.ids["guest_link"]
    async with call.database.transaction() as tx:
        guest = await guest_links.guest_of(tx, clinic, id)
        if guest is None:
            raise NotFound
        await choosing.found(tx, call, guest)
        await guest_links.revoke(tx, clinic, id, call.now)


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
    today = call.today
    releases.check_signed(asked.signed_on, today, "$.guardian.signed_on")
    return Guardian(name=checked_name(asked.name, "$.guardian.name"), signed_on=asked.signed_on)


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
        path="/api/guest-links/{guest_link}",
        handler=revoke_guest_link,
        who=Staff("guests.manage"),
        audited=True,
    ),
)
