"""Dated acts: shown before they are saved, kept in a timeline, and felt at the door by themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from domain.events.programs import EnrolmentChanged
from domain.programs.phases import Phase, Requirement
from domain.schedule.rosters import RosterPlace
from runtime.clock import new_id
from runtime.settings import ServerSettings, WrappingKey
from store.access import access_changes
from store.database import Database
from store.ledger import facts as ledger
from store.programs import phases
from store.schedule import rosters
from tests.server.access.test_tickets import add_node
from tests.server.conftest import EVENING, Answer, Browser, Clock, House, a_session

TODAY = "2026-11-23"
"""The day of the session in every clinic here, a Monday."""
HALF_PAST_ELEVEN = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)
"""23:30 on Tuesday in New York."""


@pytest.fixture
def settings(settings: ServerSettings) -> ServerSettings:
    keys = (WrappingKey("2026", b"w" * 32),)
    return msgspec.structs.replace(settings, note_private_key=b"n" * 32, note_wrapping_keys=keys)


@pytest.fixture
async def bridge(database: Database, house: House) -> str:
    """A phase of six hours on two days."""
    required = Requirement(from_on=date(2026, 1, 1), required_s=21_600, days_per_week=2)
    phase = Phase(id=new_id(), program=house.program, position=2, name="Bridge", requirements=(required,))
    async with database.transaction() as tx:
        await phases.create(tx, house.clinic, phase)
        await add_node(tx, "node-1")
    return phase.id


@dataclass
class Way:
    """The client's way, as a supervisor writes it and as the client's link feels it."""

    house: House
    database: Database
    clock: Clock
    supervisor: Browser
    visitor: Browser
    bridge: str

    async def act(self, kind: str, from_on: str, preview: bool = False, **also: Any) -> Answer:
        path = f"/api/enrolments/{self.house.enrolment}/acts{'/preview' if preview else ''}"
        return await self.supervisor.post(path, {"kind": kind, "from_on": from_on, **also})

    async def groups(self, *days: int, starts: datetime = EVENING, **also: Any) -> list[str]:
        """Sessions that many days after `starts`, with the client on the roster."""
        house = self.house
        places = [
            RosterPlace(person=house.facilitator, role="facilitator"),
            RosterPlace(person=house.client, role="client", enrolment=house.enrolment),
        ]
        async with self.database.transaction() as tx:
            return [
                await a_session(tx, house.clinic, house.program, starts + timedelta(days=day), places, **also)
                for day in days
            ]

    async def enters(self, session: str, at: datetime | None = None) -> Answer:
        self.clock.now = at or self.clock.now
        return await self.visitor.post(f"/api/sessions/{session}/tickets", {"link": self.house.link})

    async def on_roster(self, *sessions: str) -> list[bool]:
        async with self.database.transaction() as tx:
            found = await rosters.roles_of(tx, self.house.clinic, self.house.client, sessions)
        return [session in found for session in sessions]


@pytest.fixture
async def way(database: Database, house: House, clock: Clock, browse: Callable[[], Browser], bridge: str) -> Way:
    supervisor = browse()
    await supervisor.sign_in(house.email("supervisor"))
    return Way(house, database, clock, supervisor, browse(), bridge)


async def test_the_timeline_begins_with_the_admission(supervisor: Browser, house: House) -> None:
    [timeline] = (await supervisor.get(f"/api/clients/{house.client}/enrolments")).body["items"]
    assert (timeline["standing"], timeline["today"]) == ("present", TODAY)
    assert [(one["kind"], one["from_on"]) for one in timeline["acts"]] == [("admitted", "2026-11-01")]
    assert timeline["not_seen_days"] is None


async def test_ninety_days_unseen_are_a_prompt_and_change_nothing(
    supervisor: Browser, house: House, clock: Clock
) -> None:
    clock.now = datetime(2027, 1, 29, 18, tzinfo=UTC)
    await supervisor.sign_in(house.email("supervisor"))
    [timeline] = (await supervisor.get(f"/api/clients/{house.client}/enrolments")).body["items"]
    assert timeline["not_seen_days"] is None
    clock.advance(days=1)
    await supervisor.sign_in(house.email("supervisor"))
    [timeline] = (await supervisor.get(f"/api/clients/{house.client}/enrolments")).body["items"]
    assert (timeline["not_seen_days"], timeline["standing"]) == (90, "present")


async def test_the_preview_says_what_a_change_of_phase_changes_and_saves_nothing(way: Way) -> None:
    seen = (await way.act("phase", "2026-11-25", preview=True, phase=way.bridge)).body
    assert seen["week"] == {
        "first_day": "2026-11-29", "before_s": 32_400, "before_days": 3, "after_s": 21_600, "after_days": 2,
    }  # fmt: skip
    assert (seen["door"], seen["groups_left"], seen["restates"]) == (None, 0, 0)
    [timeline] = (await way.supervisor.get(f"/api/clients/{way.house.client}/enrolments")).body["items"]
    assert len(timeline["acts"]) == 1


async def test_a_future_discharge_takes_effect_by_itself_at_local_midnight(way: Way) -> None:
    tuesday, wednesday = await way.groups(1, 2)
    [talk] = await way.groups(2, kind="individual")
    [late] = await way.groups(0, starts=HALF_PAST_ELEVEN)
    seen = (await way.act("discharged", "2026-11-25", preview=True, reason="completed")).body
    assert seen["door"] == {"opens": False, "from_on": "2026-11-25", "until": None}
    assert (seen["groups_left"], seen["still_invited"], seen["restates"]) == (1, 1, 0)
    assert await way.on_roster(wednesday) == [True], "a preview changes nothing"
    saved = await way.act("discharged", "2026-11-25", reason="completed", words="Graduated; goes on with Dr Low.")
    assert (saved.status, saved.body["standing"]) == (201, "present")
    assert saved.body["acts"][-1]["words"] == "Graduated; goes on with Dr Low."
    assert await way.on_roster(wednesday, late) == [False, True]

    assert (await way.enters(tuesday, EVENING + timedelta(days=1))).status == 201
    midnight = HALF_PAST_ELEVEN + timedelta(minutes=40)
    assert (await way.enters(late, midnight)).status == 201, "past midnight, in the group of the day before"
    refused = await way.enters(wednesday, EVENING + timedelta(days=2))
    assert (refused.status, refused.code) == (403, "discharged")
    assert (await way.enters(talk)).status == 201, "invited by name"
    opened = (await way.visitor.post("/api/join-links/open", {"link": way.house.link})).body
    assert (opened["standing"], opened["session"]["id"]) == ("discharged", talk)


async def test_on_leave_groups_do_not_open_and_come_back_with_the_client(way: Way) -> None:
    tuesday, friday = await way.groups(1, 4)
    assert (await way.act("leave", "2026-11-24", reason="hospital")).status == 201
    assert await way.on_roster(tuesday, friday) == [False, False]
    refused = await way.enters(tuesday, EVENING + timedelta(days=1))
    assert (refused.code, "on leave" in refused.body["detail"]) == ("on_leave", True)
    way.clock.now = EVENING
    seen = (await way.act("returned", "2026-11-26", preview=True)).body
    assert (seen["groups_rejoined"], seen["door"]) == (1, {"opens": True, "from_on": "2026-11-26", "until": None})
    await way.act("returned", "2026-11-26")
    assert await way.on_roster(tuesday, friday) == [False, True]
    assert (await way.enters(friday, EVENING + timedelta(days=4))).status == 201


async def test_acts_that_contradict_are_refused_with_a_sentence(way: Way) -> None:
    for kind, day, also in (
        ("returned", TODAY, {}),
        ("leave", "2026-10-01", {}),
        ("readmitted", TODAY, {"phase": way.house.phase}),
        ("admitted", TODAY, {"phase": way.house.phase}),
    ):
        refused = await way.act(kind, day, **also)
        assert (refused.status, refused.body["path"]) == (422, "$.from_on"), kind
        assert "Choose another day" in refused.body["detail"]


async def test_an_act_asks_for_what_it_needs(way: Way) -> None:
    for kind, also, path in (
        ("phase", {}, "$.phase"),
        ("phase", {"phase": way.house.client}, "$.phase"),
        ("leave", {"phase": way.bridge}, "$.phase"),
        ("discharged", {}, "$.reason"),
        ("leave", {"from_on": "1026-11-23"}, "$.from_on"),
        ("leave", {"replaces": new_id()}, "$.replaces"),
        ("leave", {"words": "x" * 4_001}, "$.words"),
    ):
        refused = await way.act(kind, also.pop("from_on", TODAY), **also)
        assert (refused.status, refused.body["path"]) == (422, path), (kind, path)


async def test_a_withdrawn_discharge_stays_in_the_timeline_and_gives_everything_back(way: Way) -> None:
    [friday] = await way.groups(4)
    made = (await way.act("discharged", TODAY, reason="dropped_out")).body["acts"][-1]
    assert (await way.enters(way.house.session)).code == "discharged"
    path = f"/api/acts/{made['id']}/withdrawal"
    seen = (await way.supervisor.post(f"{path}/preview")).body
    assert (seen["groups_rejoined"], seen["door"]["opens"], seen["door"]["from_on"]) == (2, True, TODAY)
    assert await way.on_roster(friday) == [False]
    back = (await way.supervisor.post(path)).body
    assert back["standing"] == "present"
    assert [(one["kind"], one["withdrawn_by_name"]) for one in back["acts"]][-1] == ("discharged", "supervisor")
    assert await way.on_roster(friday) == [True]
    assert (await way.enters(way.house.session)).status == 201
    assert (await way.supervisor.post(path)).code == "conflict"


async def test_a_correction_withdraws_and_records_in_one_step(way: Way) -> None:
    made = (await way.act("phase", "2026-11-24", phase=way.bridge)).body["acts"][-1]
    mended = (await way.act("phase", "2026-11-30", phase=way.bridge, replaces=made["id"])).body
    assert [(one["from_on"], one["withdrawn_at"] is not None) for one in mended["acts"]][1:] == [
        ("2026-11-24", True), ("2026-11-30", False),
    ]  # fmt: skip
    assert [one["starts_on"] for one in mended["stretches"]] == ["2026-11-01", "2026-11-30"]


async def test_only_what_touches_tonight_asks_the_rooms_to_look_again(way: Way) -> None:
    async def told() -> int:
        async with way.database.transaction() as tx:
            return sum(one.kind == "place_changed" for one in await access_changes.after(tx, 0))

    later = (await way.act("discharged", "2026-12-04", reason="completed")).body["acts"][-1]
    assert await told() == 0
    await way.act("discharged", TODAY, reason="completed", replaces=later["id"])
    assert await told() == 1


async def test_each_act_is_a_fact_with_ids_and_codes_only(way: Way) -> None:
    made = (await way.act("discharged", TODAY, reason="moved", words="To her sister in Ohio")).body["acts"][-1]
    await way.supervisor.post(f"/api/acts/{made['id']}/withdrawal")
    async with way.database.transaction() as tx:
        found = await ledger.of_stream(tx, way.house.clinic, f"enrolment:{way.house.enrolment}")
        kept = await tx.fetchval("SELECT string_agg(encode(words, 'escape'), '') FROM act_words")
    events = [fact.event for fact in found]
    assert all(isinstance(event, EnrolmentChanged) and event.client == way.house.client for event in events)
    assert [getattr(event, "kind", "") for event in events] == ["discharged", "withdrawn"]
    assert "Ohio" not in str([fact.body for fact in found]) and "Ohio" not in kept


async def test_the_summary_of_a_discharge_is_due_by_the_rule_of_the_home_state(way: Way) -> None:
    async with way.database.transaction() as tx:
        await tx.execute("UPDATE client_records SET home_state = 'IL' WHERE person_id = $1", way.house.client)
    timeline = (await way.act("discharged", TODAY, reason="moved")).body
    assert timeline["summary_due_on"] == "2026-12-08"
    refused = await way.act("discharged", "2026-12-24", reason="eloped")
    assert refused.body["path"] == "$.reason", "the clinic keeps no such reason"


async def test_another_clinics_enrolments_are_not_here(supervisor: Browser, elsewhere: House, bridge: str) -> None:
    leave = {"kind": "leave", "from_on": TODAY}
    for answer in (
        await supervisor.get(f"/api/clients/{elsewhere.client}/enrolments"),
        await supervisor.post(f"/api/enrolments/{elsewhere.enrolment}/acts", leave),
        await supervisor.post(f"/api/enrolments/{elsewhere.enrolment}/acts/preview", leave),
    ):
        assert answer.code == "not_found"


async def test_a_facilitator_reads_the_timeline_and_decides_nothing(facilitator: Browser, house: House) -> None:
    assert (await facilitator.get(f"/api/clients/{house.client}/enrolments")).status == 200
    leave = {"kind": "leave", "from_on": TODAY}
    assert (await facilitator.post(f"/api/enrolments/{house.enrolment}/acts", leave)).code == "forbidden"
