"""What staff may do outside the rooms: the one table of roles. `domain.events.schedule` has the `Role` inside a room.

What is seen of a person depends on the person, too: a facilitator reads notes of sessions that they are on the roster
of. Such conditions stand with their handlers; this table says what no condition can give.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Literal, get_args

from domain.errors import InvalidInput

StaffRole = Literal["administrator", "supervisor", "facilitator", "prescriber", "biller", "auditor"]
"""A member of staff's role; a person may have several."""

ROLES: Mapping[StaffRole, str] = {
    "administrator": "Runs the clinic's office: people, programs, plans, settings. Reads no notes and leads no group.",
    "supervisor": "Answers for the clinicians' work: sees every client and session, plans, admits and discharges, and "
    "watches or takes over a room. Reads the notes of sessions that they are on the roster of.",
    "facilitator": "Leads groups and writes their notes; sees clients, and the sessions they are on the roster of.",
    "prescriber": "Like a facilitator, for their own medication sessions; adds and ends diagnosis codes.",
    "biller": "Sees clients, sessions, hours, diagnosis codes and consents. Reads no note and enters no room.",
    "auditor": "Reads one clinic until a stated time, at most a year; changes nothing and enters no room. Of notes "
    "they read signed progress notes. Each of their reads is in the access audit.",
}
"""What each role is for."""

Permission = Literal[
    "sign_in.own",
    "clinic.see",
    "clinic.manage",
    "staff.see",
    "staff.manage",
    "clients.see",
    "clients.edit",
    "clients.transfer",
    "intake.see",
    "intake.work",
    "enrolments.decide",
    "diagnoses.see",
    "diagnoses.edit",
    "guests.see",
    "guests.manage",
    "links.manage",
    "consents.see",
    "consents.manage",
    "programs.see",
    "programs.manage",
    "sessions.see",
    "sessions.see_all",
    "sessions.plan",
    "rooms.lead",
    "rooms.oversee",
    "notes.read",
    "notes.write",
    "hours.see",
    "access.see",
    "tokens.manage",
    "outbox.see",
    "retention.manage",
]
"""Something that a route asks for. `PERMISSIONS` says in words what each one is."""

PERMISSIONS: Mapping[Permission, str] = {
    "sign_in.own": "look after one's own sign-in, password and second factors",
    "clinic.see": "see the clinic's settings and policies",
    "clinic.manage": "change the clinic's settings and policies",
    "staff.see": "see who works here",
    "staff.manage": "invite staff, change roles and licences, switch access off",
    "clients.see": "find clients and see their pages",
    "clients.edit": "change what a client's page says",
    "clients.transfer": "import clients, export one client or the clinic",
    "intake.see": "see inquiries and wait lists",
    "intake.work": "write inquiries, screenings and eligibility",
    "enrolments.decide": "admit, decline, change phases, grant leave, discharge",
    "diagnoses.see": "see diagnosis codes",
    "diagnoses.edit": "add and end diagnosis codes",
    "guests.see": "see a client's guests",
    "guests.manage": "invite guests and end their links",
    "links.manage": "make and withdraw clients' personal links",
    "consents.see": "see consents and releases",
    "consents.manage": "file and revoke consents and releases",
    "programs.see": "see programs, phases and kinds",
    "programs.manage": "change programs, phases and kinds",
    "sessions.see": "see own sessions",
    "sessions.see_all": "see every session of the clinic",
    "sessions.plan": "plan sessions and rosters",
    "rooms.lead": "lead rooms",
    "rooms.oversee": "watch live rooms, take them over, remove and readmit people",
    "notes.read": "read notes",
    "notes.write": "write and sign notes",
    "hours.see": "see attendance and hours",
    "access.see": "see who looked at a record",
    "tokens.manage": "make and revoke API tokens",
    "outbox.see": "see the clinic's outgoing mail",
    "retention.manage": "set how long records are kept, and hold them",
}

_EVERYBODY: frozenset[Permission] = frozenset({"sign_in.own", "staff.see", "programs.see", "sessions.see"})
_CLINICIAN = _EVERYBODY | frozenset[Permission]({
    "clients.see", "intake.see", "intake.work", "diagnoses.see", "guests.see", "links.manage", "consents.see",
    "consents.manage", "rooms.lead", "notes.read", "notes.write", "hours.see",
})  # fmt: skip

MAY: Mapping[StaffRole, frozenset[Permission]] = {
    "facilitator": _CLINICIAN | {"guests.manage"},
    "prescriber": _CLINICIAN - {"intake.work"} | {"diagnoses.edit"},
    "supervisor": _CLINICIAN
    | {
        "clinic.see", "clients.edit", "enrolments.decide", "diagnoses.edit", "guests.manage", "sessions.see_all",
        "sessions.plan", "rooms.oversee", "access.see",
    },
    "administrator": frozenset(get_args(Permission)) - {"notes.read", "notes.write", "rooms.lead"},
    "biller": _EVERYBODY
    | {"clients.see", "diagnoses.see", "consents.see", "consents.manage", "sessions.see_all", "hours.see"},
    "auditor": _EVERYBODY
    | {
        "clinic.see", "clients.see", "intake.see", "diagnoses.see", "guests.see", "consents.see", "sessions.see_all",
        "notes.read", "hours.see", "access.see",
    },
}  # fmt: skip
"""Who may do what."""

READS_ONLY: frozenset[StaffRole] = frozenset({"auditor"})
"""Roles that change nothing, whatever a route asks for; the access audit records each of their reads."""
LONGEST_AUDIT = timedelta(days=366)
"""The longest time for which somebody is made an auditor."""


def check_until(roles: Collection[str], until: datetime | None, now: datetime) -> None:
    """Refuse an auditor without an end, and an end without an auditor. Other roles last until they are taken away.

    Raises:
        InvalidInput: with the path `$.auditor_until`.
    """
    if "auditor" not in roles:
        problem = "Only an auditor's role has an end. Leave this empty." if until is not None else None
    elif until is None:
        problem = "Say until when the auditor may read: an auditor's role ends by itself."
    elif until <= now:
        problem = "This is in the past. Give a time to come."
    elif until > now + LONGEST_AUDIT:
        problem = "This is more than a year away. Give a time within a year; it can be renewed then."
    else:
        problem = None
    if problem is not None:
        raise InvalidInput(problem, "$.auditor_until")


def may_change(roles: Collection[str]) -> bool:
    """Whether one of these roles does more than read."""
    return any(role in MAY and role not in READS_ONLY for role in roles)


def may_run(roles: Collection[str]) -> bool:
    """Whether one of these roles may run a room: those who lead rooms, and those who may take one over."""
    return may(roles, "rooms.lead") or may(roles, "rooms.oversee")


def may(roles: Collection[str], permission: Permission) -> bool:
    """Whether one of these roles has the permission."""
    return any(permission in MAY[role] for role in MAY if role in roles)


def permissions_of(roles: Collection[str]) -> tuple[Permission, ...]:
    """What people with these roles may do, sorted. Pages hide what is not in it; the routes refuse it in any case."""
    return tuple(sorted(permission for permission in PERMISSIONS if may(roles, permission)))
