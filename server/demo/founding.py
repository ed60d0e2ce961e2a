"""The demo clinic's foundation: its people, programs, enrolments, coverages and consents."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.people.clients import Client
from domain.people.licences import Licence
from domain.people.persons import Person
from domain.privacy.consents import Consent
from domain.programs.enrolments import Coverage, Enrolment
from domain.programs.kinds import ClinicKind
from domain.programs.phases import Phase, Requirement
from domain.programs.programs import Program, ProgramText, TextKind, digest_of
from runtime.clock import new_id
from server.demo import clinic as demo_clinic
from server.demo import office, records, way
from server.demo.clinic import DemoProgram, DemoStaff
from server.programs import admissions
from store.database import Transaction
from store.people import clinics, licences, persons
from store.people.clinics import Clinic
from store.people.licences import Writer
from store.privacy import consents
from store.programs import clinic_kinds, coverages, phases, programs, texts

AUDITED = timedelta(days=300)
"""How long the demo's auditor may read."""


async def found(tx: Transaction, now: datetime) -> Clinic:
    """Make the demo clinic, with everything that outlasts a restart."""
    clinic = Clinic(id=new_id(), name=demo_clinic.CLINIC, timezone=demo_clinic.TIMEZONE)
    await clinics.create(tx, clinic)
    for staff in demo_clinic.STAFF.values():
        person = Person(
            id=new_id(),
            display_name=staff.name,
            email=staff.email,
            external_id=None,
            staff_roles=(staff.role,),
            auditor_until=now + AUDITED if staff.role == "auditor" else None,
        )
        await persons.create(tx, clinic.id, person)
        for licence in _licences(staff, person.id, now):
            await licences.add(tx, clinic.id, licence, Writer(by=person.id, at=now))
    clients: dict[str, str] = {}
    await clinic_kinds.create(tx, clinic.id, ClinicKind(id=new_id(), name="Yoga", counts_as="expressive"))
    for demo in demo_clinic.PROGRAMS:
        program = _program(demo)
        await programs.create(tx, clinic.id, program)
        await _add_phases(tx, clinic, program, demo, now)
        await _add_texts(tx, clinic, program, now)
        for name in demo.clients:
            clients[name] = (await enrol(tx, clinic, program, name, now)).client
    for name, record in records.WAITING:
        await records.add(tx, clinic.id, name, record, now)
    await way.show(tx, clinic, now)
    await office.show(tx, clinic.id, clients, now)
    return clinic


async def enrol(tx: Transaction, clinic: Clinic, program: Program, name: str, now: datetime) -> Enrolment:
    """Make a new client of that name, enrolled in the program and covered; all but one have a consent on file."""
    client = await records.add(tx, clinic.id, name, records.RECORDS.get(name), now)
    today = now.astimezone(ZoneInfo(clinic.timezone)).date()
    first, *_ = await phases.of_program(tx, clinic.id, program.id)
    enrolment = _enrolment(first, client, today - way.ADMITTED_BEFORE)
    await admissions.enrol(tx, clinic.id, enrolment, None, now)
    await coverages.create(tx, clinic.id, _coverage(enrolment, program))
    if name != demo_clinic.WITHOUT_CONSENT:
        await consents.file(tx, clinic.id, _consent(client, now))
    return enrolment


def _licences(staff: DemoStaff, person: str, now: datetime) -> list[Licence]:
    """The licence of those who lead sessions; one runs out soon, so that the list of those is seen."""
    if staff.licence is None:
        return []
    today = now.astimezone(ZoneInfo(demo_clinic.TIMEZONE)).date()
    licence = Licence(
        id=new_id(),
        person=person,
        kind=staff.licence.kind,
        state="NY",
        number=staff.licence.number,
        from_on=today - timedelta(days=600),
        to_on=today + timedelta(days=staff.licence.days_left),
    )
    return [licence]


def _program(demo: DemoProgram) -> Program:
    return Program(
        id=new_id(),
        name=demo.name,
        timezone=demo_clinic.TIMEZONE,
        week_start="sunday",
        policy_id=demo_clinic.ATTENDANCE_POLICY,
        policy_version=demo_clinic.POLICY_VERSION,
        capacity=demo.capacity,
        tags=demo.tags,
    )


async def _add_texts(tx: Transaction, clinic: Clinic, program: Program, now: datetime) -> None:
    kinds: tuple[tuple[TextKind, str], ...] = (("welcome", demo_clinic.WELCOME), ("rules", demo_clinic.RULES))
    for kind, text in kinds:
        first = ProgramText(kind=kind, version=1, text=text, digest=digest_of(text), by=None, at=now)
        await texts.add(tx, clinic.id, program.id, first)


async def _add_phases(tx: Transaction, clinic: Clinic, program: Program, demo: DemoProgram, now: datetime) -> None:
    today = now.astimezone(ZoneInfo(clinic.timezone)).date()
    for position, each in enumerate(demo.phases, 1):
        required = Requirement(
            from_on=today, required_s=each.hours * 3600, days_per_week=each.days, kinds=demo_clinic.COUNTING
        )
        phase = Phase(
            id=new_id(),
            program=program.id,
            position=position,
            name=each.name,
            usual_weeks=each.weeks,
            requirements=(required,),
        )
        await phases.create(tx, clinic.id, phase)


def _enrolment(phase: Phase, client: Client, today: date) -> Enrolment:
    return Enrolment(
        id=new_id(),
        program=phase.program,
        client=client.id,
        starts_on=today,
        ends_on=None,
        phase=phase.id,
    )


def _coverage(enrolment: Enrolment, program: Program) -> Coverage:
    return Coverage(
        id=new_id(),
        enrolment=enrolment.id,
        payer=demo_clinic.PAYER,
        policy_id=demo_clinic.program_named(program.name).billing_policy,
        policy_version=demo_clinic.POLICY_VERSION,
        valid_from=enrolment.starts_on,
    )


def _consent(client: Client, now: datetime) -> Consent:
    return Consent(
        id=new_id(),
        client=client.id,
        recipient=demo_clinic.BILLING_SYSTEM,
        purpose="treatment_payment_operations",
        signed_at=now,
    )
