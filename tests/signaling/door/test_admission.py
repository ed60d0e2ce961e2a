"""Tickets admit once, even across a restart of the node."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.access import tickets
from domain.access.tickets import Resume, Ticket
from domain.errors import BadMessage, InvalidInput, LinkRevoked, TicketExpired, TicketForged, TicketUsed, TooLarge
from signaling import messages as m
from signaling.door.admission import Admission, decode_first, decode_request
from signaling.hosting.withdrawals import Withdrawals
from signaling.journal.journal import Journal
from store.access.access_changes import AccessChange

SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)
KEY = b"k" * 32


def ticket(identity: str = "t1", expires: datetime = SIX + timedelta(seconds=60), link: str | None = None) -> m.Join:
    claims = Ticket(
        id=identity, clinic="c", session="s", person="pat", role="client", name="Pat", node="node-a", expires=expires,
        link=link,
    )  # fmt: skip
    return m.Join(ticket=tickets.sign(claims, KEY))


def resume(expires: datetime = SIX + timedelta(hours=5), link: str | None = None) -> m.ResumeSession:
    claims = Resume(clinic="c", session="s", person="pat", role="client", name="Pat", expires=expires, link=link)
    return m.ResumeSession(token=tickets.sign(claims, KEY))


async def test_a_ticket_used_before_the_restart_is_still_used(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path)
    Admission("node-a", KEY, journal, Withdrawals(), lambda: SIX).check(ticket())
    await journal.close()
    again = Journal.open(tmp_path)
    restarted = Admission("node-a", KEY, again, Withdrawals(), lambda: SIX + timedelta(seconds=10))
    with pytest.raises(TicketUsed):
        restarted.check(ticket())
    restarted.check(ticket("t2"))
    await again.close()


async def test_used_tickets_are_forgotten_once_they_have_expired(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path)
    clock = [SIX]
    admission = Admission("node-a", KEY, journal, Withdrawals(), lambda: clock[0])
    admission.check(ticket())
    clock[0] += timedelta(minutes=2)
    with pytest.raises(TicketExpired):
        admission.check(ticket())
    admission.check(ticket("t2", expires=clock[0]))
    with pytest.raises(TicketUsed):
        admission.check(ticket("t2", expires=clock[0]))
    await journal.close()


async def test_a_resume_brings_the_same_person_back_until_it_expires(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path)
    clock = [SIX]
    admission = Admission("node-a", KEY, journal, Withdrawals(), lambda: clock[0])
    for _ in range(3):
        back = admission.check(resume())
        assert isinstance(back, Resume)
        assert (back.person, back.session, back.role, back.name) == ("pat", "s", "client", "Pat")
    clock[0] += timedelta(hours=6)
    with pytest.raises(TicketExpired):
        admission.check(resume())
    await journal.close()


async def test_a_ticket_and_a_resume_from_a_revoked_link_are_refused(tmp_path: Path) -> None:
    journal, withdrawals = Journal.open(tmp_path), Withdrawals()
    admission = Admission("node-a", KEY, journal, withdrawals, lambda: SIX)
    withdrawals.take(AccessChange(1, "link_revoked", "pats-link", SIX))
    for first in (ticket("t1", link="pats-link"), resume(link="pats-link")):
        with pytest.raises(LinkRevoked):
            admission.check(first)
    for first in (ticket("t2", link="new-link"), resume(link="new-link"), resume()):
        admission.check(first)
    await journal.close()


async def test_a_resume_is_no_ticket_and_a_ticket_is_no_resume(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path)
    admission = Admission("node-a", KEY, journal, Withdrawals(), lambda: SIX)
    with pytest.raises(TicketForged):
        admission.check(m.Join(ticket=resume().token))
    with pytest.raises(TicketForged):
        admission.check(m.ResumeSession(token=ticket("t9").ticket))
    await journal.close()
    await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"{}", BadMessage),
        ("{", BadMessage),
        ("{}", InvalidInput),
        ('{"type":"join","ticket":7}', InvalidInput),
        ("é" * 40_000, TooLarge),
    ],
)
def test_data_that_is_not_a_message_is_refused(data: str | bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        decode_first(data)
    with pytest.raises(refusal):
        decode_request(data)
