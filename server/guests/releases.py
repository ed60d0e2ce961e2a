"""The release that a guest comes on: filed from paper, ended in one step, and filed again after its end."""

from datetime import date, timedelta
from typing import Any

from domain.errors import Conflict, InvalidInput
from domain.instants import instant, local_date, local_midnight, second
from domain.people.ties import Tie
from domain.privacy.consents import INVOLVEMENT, Consent
from domain.privacy.texts import RELEASE
from runtime.clock import new_id
from server.guests import choosing, links, payloads, viewing
from server.guests.payloads import FileRelease, Release
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.privacy import consents as recording
from store.privacy import consents

LONGEST_RELEASE = timedelta(days=2 * 366)
"""A release that ends later is taken for a mistake."""


async def revoke_release(call: Call[None]) -> None:
    """End a guest's release: their links open nothing from now on, and they leave the room within seconds."""
    async with call.database.transaction() as tx:
        _, release = await choosing.found(tx, call, call.ids["guest"])
        await recording.revoke(tx, call.staff.clinic, release, call.now, call.staff.person)


async def file_release(call: Call[FileRelease]) -> payloads.Guest:
    """File another release for a guest whose last one has ended. The links of the old one stay closed."""
    asked, clinic = call.asked, call.staff.clinic
    async with call.database.transaction() as tx:
        tie, last = await choosing.found(tx, call, call.ids["guest"])
        if last.stands(call.now):
            raise Conflict("Their release still stands. Revoke it first, if the client signed another.")
        release = signed(call, tie, asked.release)
        await consents.file(tx, clinic, release)
        url = await links.make(tx, call, (tie, release), asked.link, "$.link") if asked.link is not None else None
        shown = await viewing.guest(tx, call, tie, url)
        await recording.record_given(tx, clinic, release, call.now)
    return shown


def signed(call: Call[Any], tie: Tie, asked: Release) -> Consent:
    """The release as staff file it from paper.

    Raises:
        InvalidInput
    """
    zone = call.staff.clinic_timezone
    today = local_date(second(call.now), zone)
    check_signed(asked.signed_on, today, "$.release.signed_on")
    if asked.expires_on < today:
        raise InvalidInput("The release would have ended already. Choose a later day.", "$.release.expires_on")
    if asked.expires_on > today + LONGEST_RELEASE:
        raise InvalidInput("A release lasts at most two years. Choose an earlier day.", "$.release.expires_on")
    return Consent(
        id=new_id(),
        client=tie.client,
        recipient_id=tie.guest,
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


def check_signed(day: date, today: date, path: str) -> None:
    """Refuse a day of a signature that cannot be.

    Raises:
        InvalidInput
    """
    if day > today:
        raise InvalidInput("That day has not come yet. Give the day of the signature.", path)
    if day.year < 2000:
        raise InvalidInput("That year is out of reach.", path)


ROUTES = (
    Route(
        method="POST",
        path="/api/guests/{guest}/release",
        handler=file_release,
        who=Staff("guests.manage"),
        audited=True,
        request=FileRelease,
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
)
