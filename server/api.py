"""Every route of the API, from the modules that answer them."""

from server.access import (
    api_tokens,
    confirmation,
    door_aliases,
    email_changes,
    guest_door,
    identity,
    identity_contacts,
    invitations,
    join_links,
    meeting_log,
    own_sign_ins,
    password_resets,
    sign_ins,
    tickets,
)
from server.access.factors import own_factors, policy
from server.attendance import page
from server.billing import closing_keys, feed
from server.chart import notes
from server.clinic import first_runs, settings
from server.guests import inviting, releases, viewing
from server.hours import mine
from server.hours import of_client as client_hours
from server.http import health
from server.http.routes import Route
from server.mail import outbox
from server.people import persons, staff
from server.people.clients import diagnoses, record
from server.people.clients import search as client_search
from server.people.licensing import licences
from server.people.licensing import rules as licence_rules
from server.privacy import of_client as client_consents
from server.privacy import retention, who_looked
from server.programs import beginnings, enrolments, kinds, phases, programs, tags, texts
from server.room import supervision
from server.schedule import cancellations, handovers, program_policies, sessions
from server.single_sign_on import entrance, own, returning
from server.single_sign_on import settings as provider_settings
from server.transfer import copies, exports, imports
from server.way import acts, admission, inquiries, steps
from server.way.rules import intake_rules

_MODULES = (
    sign_ins,
    confirmation,
    password_resets,
    own_sign_ins,
    email_changes,
    own_factors,
    policy,
    entrance,
    returning,
    own,
    provider_settings,
    health,
    persons,
    staff,
    licences,
    licence_rules,
    client_search,
    record,
    diagnoses,
    invitations,
    first_runs,
    settings,
    programs,
    beginnings,
    kinds,
    phases,
    program_policies,
    tags,
    texts,
    enrolments,
    acts,
    inquiries,
    steps,
    admission,
    intake_rules,
    sessions,
    supervision,
    cancellations,
    handovers,
    door_aliases,
    join_links,
    guest_door,
    viewing,
    inviting,
    meeting_log,
    releases,
    tickets,
    page,
    notes,
    api_tokens,
    feed,
    closing_keys,
    outbox,
    retention,
    who_looked,
    identity,
    identity_contacts,
    mine,
    client_hours,
    client_consents,
    imports,
    copies,
    exports,
)


def table() -> tuple[Route, ...]:
    """The routes, in the order of their modules."""
    return tuple(route for module in _MODULES for route in module.ROUTES)
