"""A release is revoked in mid-session: the guest is out within five seconds, and nobody else notices."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from domain.access.guest_links import GuestLink
from domain.people.persons import Person as Record
from domain.people.ties import Tie
from domain.privacy.consents import INVOLVEMENT, Consent
from runtime.clock import new_id, now
from store.access import guest_links
from store.database import Database
from store.people import persons, ties
from store.privacy import consents
from tests.signaling.conftest import Door
from tests.signaling.hosting.test_access_news import PROMISED_SECONDS, refused

RELEASE, LINK, MARIA = new_id(), new_id(), new_id()


@pytest.fixture
async def maria(evening: Any, database: Database) -> str:
    """Pat's mother, with a release and a link for this evening."""
    at, clinic, pat, dana = now(), evening.clinic, evening.people["pat"], evening.people["dana"]
    release = Consent(
        id=RELEASE, client=pat, recipient_id=MARIA, purpose=INVOLVEMENT, scopes=("attend",), signed_at=at,
        expires_at=at + timedelta(days=30), given="paper", filed_by=dana, filed_at=at,
    )  # fmt: skip
    link = GuestLink(
        id=LINK, clinic=clinic, guest=MARIA, consent=RELEASE, role="family_member", opens=evening.session,
        created_at=at, created_by=dana, expires_at=at + timedelta(days=30),
    )  # fmt: skip
    async with database.transaction() as tx:
        await persons.create(tx, clinic, Record(id=MARIA, display_name="Maria M", email=None, external_id=None))
        await ties.create(tx, clinic, Tie(guest=MARIA, client=pat, relation="parent", made_at=at, made_by=dana))
        await consents.file(tx, clinic, release)
        await guest_links.create(tx, link, b"guest")
    evening.people["maria"] = MARIA
    return MARIA


async def test_a_guest_whose_release_is_revoked_is_out_at_once_and_the_others_stay(
    door: Door, maria: str, database: Database
) -> None:
    guest: dict[str, Any] = {"name": "Maria M", "link": LINK, "guest_of": "Pat"}
    async with door.enter("dana", "facilitator") as dana, door.enter("pat") as pat, door.socket() as mother:
        await dana.hear("welcomed")
        await pat.hear("welcomed")
        await dana.say(type="start_session")
        await mother.say(type="join", ticket=door.ticket("maria", "family_member", granted=now(), **guest))
        welcome = await mother.hear("welcomed")
        await dana.say(type="admit_all")
        await pat.see(here=True)
        await dana.say(type="admit", person=maria)
        await mother.see(here=True)
        pending = door.ticket("maria", "family_member", granted=now(), **guest)
        async with asyncio.timeout(PROMISED_SECONDS):
            async with database.transaction() as tx:
                assert await consents.revoke(tx, door.evening.clinic, RELEASE, now(), None)
            dismissed = await mother.hear("dismissed")
            await mother.socket.wait_closed()
        assert (dismissed["cause"], dismissed["why"]) == ("withdrawn", "link_revoked")
        assert dismissed["sentence"].startswith("Your invitation has ended")
        assert await refused(door, type="resume_session", token=welcome["resume"]) == "link_revoked"
        assert await refused(door, type="join", ticket=pending) == "link_revoked"
        for stays in (dana, pat):
            await stays.say(type="heartbeat", clock=now())
            await stays.hear("heartbeat_heard")


async def test_staff_see_whose_guest_waits_and_clients_only_a_label(door: Door, maria: str) -> None:
    guest: dict[str, Any] = {"name": "Maria M", "link": LINK, "guest_of": "Pat"}
    async with door.enter("dana", "facilitator") as dana, door.enter("pat") as pat, door.socket() as mother:
        await dana.hear("welcomed")
        await dana.say(type="start_session")
        await dana.say(type="admit_all")
        await mother.say(type="join", ticket=door.ticket("maria", "family_member", granted=now(), **guest))
        waiting = {}
        while not waiting:
            shown = (await dana.hear("room_changed"))["waiting"]
            waiting = next((one for one in shown if one["person"] == maria), {})
        assert (waiting["role"], waiting["guest_of"]) == ("family_member", "Pat")
        await dana.say(type="admit_all")
        await dana.say(type="admit", person=maria)
        while len(seen := (await pat.hear("room_changed"))["participants"]) < 3:
            pass
        assert [(one["label"], one["identity"]) for one in seen if one["role"] == "family_member"] == [
            ("Maria M.", None)
        ]
