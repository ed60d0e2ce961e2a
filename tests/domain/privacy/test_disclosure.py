"""Billing receives the facts that consent allows, and sees that other facts were withheld."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from domain.events.attendance import AbsenceAnnounced, AbsenceExcused, AbsenceUnexcused, AttendanceCorrected
from domain.events.billing import AttendanceStated
from domain.events.catalogue import AnyEvent, KnownEvent
from domain.events.chart import NoteSigned
from domain.events.fact import UnknownEvent
from domain.events.privacy import ConsentGiven, ConsentRevoked
from domain.events.programs import EnrolmentChanged
from domain.events.room import (
    ArrivalJudged,
    BreakStarted,
    ConnectionAdmitted,
    ConnectionClosed,
    ConnectionMedium,
    ConnectionMoved,
    ConnectionOpened,
    ConnectionReturned,
    ConnectionSeen,
    PersonReadmitted,
    PersonRemoved,
    PersonReturned,
    SessionStarted,
)
from domain.events.schedule import Block, PolicyReference, Role, RosterEntry, SessionPlanned
from domain.privacy.consents import ANY_RECIPIENT, Consent, in_force
from domain.privacy.disclosure import Disclosed, Register, disclose, disclosures

SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)
DAY = timedelta(days=1)
POLICY = PolicyReference("p", 1, "d")
PAT, SAM, DANA = "pat", "sam", "dana"


def consent(**changes: object) -> Consent:
    """Pat's consent to the biller, signed the day before."""
    plain = Consent(
        id="pat-consents", client=PAT, recipient="Biller", purpose="treatment_payment_operations", signed_at=SIX - DAY
    )
    return msgspec.structs.replace(plain, **changes)


def opening(person: str, role: Role = "client") -> ConnectionOpened:
    return ConnectionOpened(id=f"{person}-opened", at=SIX, connection=f"{person}-phone", person=person, role=role)


def stated(client: str) -> AttendanceStated:
    return AttendanceStated(
        id="st", at=SIX, client=client, version=1, supersedes=None, service_date="2026-09-15", status="present",
        credited_s=10_800, billable_s=10_800, delta_credited_s=10_800, delta_billable_s=10_800, late_s=0,
        participant_count=2, holds=(), units={}, policy=POLICY,
    )  # fmt: skip


def plan(*roster: RosterEntry) -> SessionPlanned:
    return SessionPlanned(
        id="plan", at=SIX, kind="group", timezone="America/New_York", start=SIX, end=SIX + 3 * DAY / 24,
        policy=POLICY, blocks=(Block("group", SIX, SIX + DAY / 24),), roster=roster,
    )  # fmt: skip


REGISTER = Register(
    consents=in_force([consent()], "Biller", SIX),
    openings={"pat-phone": opening(PAT), "sam-phone": opening(SAM), "dana-laptop": opening(DANA, "facilitator")},
    note_kinds={"n1": "progress", "n2": "private_reflection", "n3": "sud_counselling"},
)


def of_connection(connection: str) -> list[AnyEvent]:
    return [
        ConnectionAdmitted(at=SIX, connection=connection),
        ConnectionReturned(at=SIX, connection=connection),
        ConnectionSeen(at=SIX, connection=connection),
        ConnectionMoved(at=SIX, connection=connection),
        ConnectionMedium(at=SIX, connection=connection, medium="audio"),
        ConnectionClosed(at=SIX, connection=connection, cause="left"),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"recipient": ANY_RECIPIENT}, True),
        ({"recipient": "Somebody Else"}, False),
        ({"purpose": "legal"}, False),
        ({"purpose": "counselling_notes"}, False),
        ({"signed_at": SIX + DAY}, False),
        ({"expires_at": SIX + DAY}, True),
        ({"expires_at": SIX}, False),
        ({"revoked_at": SIX + DAY}, True),
        ({"revoked_at": SIX}, False),
    ],
)
def test_when_a_consent_is_in_force(changes: dict[str, object], expected: bool) -> None:
    assert bool(in_force([consent(**changes)], "Biller", SIX)) is expected


def test_of_several_consents_the_latest_signed_counts() -> None:
    newer = consent(id="newer", signed_at=SIX - DAY / 2)
    assert in_force([newer, consent()], "Biller", SIX)[PAT].id == "newer"


@pytest.mark.parametrize("event", [opening(PAT), *of_connection("pat-phone"), stated(PAT)])
def test_a_consenting_clients_facts_are_disclosed(event: AnyEvent) -> None:
    assert disclose(event, None, REGISTER) == Disclosed(event, frozenset((PAT,)))


@pytest.mark.parametrize("event", [opening(SAM), *of_connection("sam-phone"), stated(SAM)])
def test_without_consent_a_clients_facts_are_withheld(event: AnyEvent) -> None:
    assert disclose(event, None, REGISTER) is None


@pytest.mark.parametrize(
    "event",
    [opening(DANA, "facilitator"), *of_connection("dana-laptop"), SessionStarted(at=SIX), BreakStarted(at=SIX)],
)
def test_facts_about_staff_and_the_session_name_no_client(event: AnyEvent) -> None:
    assert disclose(event, None, REGISTER) == Disclosed(event, frozenset())


def test_a_connection_whose_owner_is_unknown_is_withheld() -> None:
    assert all(disclose(event, None, REGISTER) is None for event in of_connection("never-opened"))


def test_a_family_members_facts_are_withheld_without_their_own_consent() -> None:
    assert disclose(opening("aunt", "family_member"), None, REGISTER) is None


@pytest.mark.parametrize("kind", [ConsentGiven, ConsentRevoked])
def test_whom_else_a_client_trusts_is_withheld_even_with_their_consent_to_billing(kind: type) -> None:
    given = {"purpose": "involvement_in_care", "signed_at": SIX} if kind is ConsentGiven else {}
    assert disclose(kind(at=SIX, consent="release", client=PAT, **given), PAT, REGISTER) is None


@pytest.mark.parametrize("recipient", ["Biller", ANY_RECIPIENT, None])
def test_a_guests_release_never_opens_the_feed(recipient: str | None) -> None:
    release = consent(purpose="involvement_in_care", recipient=recipient, recipient_id="mother", scopes=("attend",))
    assert in_force([release], "Biller", SIX) == {}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"recipient_id": "father"}, False),
        ({"scopes": ("hear_progress", "emergency_only")}, False),
        ({"purpose": "treatment_payment_operations"}, False),
        ({"expires_at": SIX}, False),
        ({"revoked_at": SIX}, False),
        ({"signed_at": SIX + DAY}, False),
    ],
)
def test_a_release_lets_the_named_person_attend_while_it_stands(changes: dict[str, object], expected: bool) -> None:
    plain = consent(purpose="involvement_in_care", recipient=None, recipient_id="mother", scopes=("attend",))
    assert msgspec.structs.replace(plain, **changes).lets_attend("mother", SIX) is expected


def test_the_subject_of_a_row_must_consent_too() -> None:
    assert disclose(stated(PAT), SAM, REGISTER) is None
    assert disclose(SessionStarted(at=SIX), SAM, REGISTER) is None


def discharged(client: str) -> EnrolmentChanged:
    return EnrolmentChanged(at=SIX, enrolment="e", client=client, act="a", kind="discharged", from_on=SIX.date())


def test_an_act_is_disclosed_only_with_its_clients_consent() -> None:
    assert disclose(discharged(PAT), PAT, REGISTER) == Disclosed(discharged(PAT), frozenset((PAT,)))
    assert disclose(discharged(SAM), None, REGISTER) is None


def test_a_type_from_a_newer_release_cannot_be_judged_and_is_withheld() -> None:
    assert disclose(UnknownEvent(at=SIX, type="client.transferred"), None, REGISTER) is None


def test_a_plan_is_disclosed_with_only_staff_and_consenting_clients() -> None:
    staff, pat, sam = RosterEntry(DANA, "facilitator"), RosterEntry(PAT), RosterEntry(SAM)
    found = disclose(plan(staff, pat, sam, RosterEntry("aunt", "family_member")), None, REGISTER)
    assert found == Disclosed(plan(staff, pat), frozenset((PAT,)), whole=False)
    assert disclose(plan(staff, pat), None, REGISTER) == Disclosed(plan(staff, pat), frozenset((PAT,)), whole=True)


@pytest.mark.parametrize(("note", "disclosed"), [("n1", True), ("n2", False), ("n3", False), ("n-unknown", False)])
def test_only_signatures_on_progress_notes_are_disclosed(note: str, disclosed: bool) -> None:
    event = NoteSigned(at=SIX, note=note, version=1, digest="d", by=DANA, client=PAT)
    assert (disclose(event, None, REGISTER) is not None) is disclosed


def test_a_correction_is_about_the_person_corrected() -> None:
    for person, disclosed in ((PAT, True), (SAM, False)):
        event = AttendanceCorrected(at=SIX, person=person, op="add", start=SIX, end=SIX + DAY / 24)
        assert (disclose(event, None, REGISTER) is not None) is disclosed


def test_removals_and_readmissions_need_the_persons_consent() -> None:
    for person, disclosed in ((PAT, True), (SAM, False)):
        for kind in (PersonRemoved, PersonReturned, PersonReadmitted):
            assert (disclose(kind(at=SIX, person=person), None, REGISTER) is not None) is disclosed


@pytest.mark.parametrize("kind", [AbsenceAnnounced, AbsenceExcused, AbsenceUnexcused, ArrivalJudged])
def test_absences_and_verdicts_need_the_persons_consent(kind: type) -> None:
    verdict = {"verdict": "sent_away"} if kind is ArrivalJudged else {}
    for person, disclosed in ((PAT, True), (SAM, False)):
        assert (disclose(kind(at=SIX, person=person, **verdict), None, REGISTER) is not None) is disclosed


def test_every_known_type_has_a_rule() -> None:
    """A new type must be given a rule: without one it would count as a fact about the session."""
    about_the_session = {"room.opened", "room.closed", "session.planned", "session.started", "session.ended"}
    about_the_session |= {"session.extended", "break.started", "break.ended", "responsibility.taken"}
    about_the_session |= {"session.cancelled", "session.reinstated"}
    about_the_session |= {"day.closed"}
    about_people = {"attendance.corrected", "note.signed", "attendance.stated"}
    about_people |= {f"connection.{act}" for act in ("opened", "admitted", "returned", "seen", "moved", "medium")}
    about_people |= {"connection.closed", "person.removed", "person.returned", "person.readmitted", "arrival.judged"}
    about_people |= {"enrolment.changed"}
    about_people |= {f"absence.{act}" for act in ("announced", "excused", "unexcused")}
    withheld = {"consent.given", "consent.revoked"}
    known = {kind.__struct_config__.tag for kind in KnownEvent.__args__}
    assert known == about_the_session | about_people | withheld


def test_an_answer_is_recorded_per_client() -> None:
    register = Register(
        consents=in_force([consent(), consent(id="sam-consents", client=SAM)], "Biller", SIX),
        openings={},
        note_kinds={},
    )
    disclosed = [
        (position, Disclosed(SessionStarted(at=SIX), frozenset(clients)))
        for position, clients in ((3, {PAT}), (5, {PAT, SAM}), (6, set()), (9, {PAT}))
    ]
    assert [
        (row.client, row.consent, row.first_position, row.last_position, row.events)
        for row in disclosures(disclosed, register)
    ] == [
        (PAT, "pat-consents", 3, 9, 3),
        (SAM, "sam-consents", 5, 5, 1),
    ]
