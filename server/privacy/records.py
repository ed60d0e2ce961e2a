"""What kind of record each route is about, so that people read a word and no address."""

from collections.abc import Mapping

from server.privacy.payloads import RecordKind

RECORDS: Mapping[str, RecordKind] = {
    "POST /api/sign-in": "sign_in",
    "POST /api/sign-out": "sign_in",
    "POST /api/join-links": "link",
    "DELETE /api/join-links/{link}": "link",
    "POST /api/join-links/open": "link",
    "POST /api/sessions/{session}/tickets": "door",
    "POST /api/identity/codes": "contacts",
    "POST /api/identity/browsers": "contacts",
    "GET /api/persons/{person}/identity": "contacts",
    "PUT /api/persons/{person}/identity/contact": "contacts",
    "DELETE /api/persons/{person}/identity/contact": "contacts",
    "DELETE /api/persons/{person}/identity/wrong-codes": "contacts",
    "DELETE /api/persons/{person}/identity/browsers/{browser}": "contacts",
    "POST /api/my-hours": "attendance",
    "POST /api/api-tokens": "token",
    "GET /api/api-tokens": "token",
    "DELETE /api/api-tokens/{token}": "token",
    "POST /api/persons": "person",
    "GET /api/persons": "list",
    "GET /api/persons/{person}": "person",
    "POST /api/persons/{person}/deactivation": "person",
    "DELETE /api/persons/{person}/deactivation": "person",
    "POST /api/clients": "client",
    "POST /api/clients/search": "list",
    "POST /api/clients/alike": "names",
    "GET /api/clients/{client}": "client",
    "PUT /api/clients/{client}/person": "client",
    "PUT /api/clients/{client}/contacts": "contacts",
    "PUT /api/clients/{client}/external-ids": "client",
    "PUT /api/clients/{client}/alias": "names",
    "GET /api/clients/{client}/diagnoses": "diagnoses",
    "POST /api/clients/{client}/diagnoses": "diagnoses",
    "PUT /api/clients/{client}/diagnosis-order": "diagnoses",
    "PUT /api/clients/{client}/diagnoses/{diagnosis}": "diagnoses",
    "DELETE /api/clients/{client}/diagnoses/{diagnosis}": "diagnoses",
    "GET /api/staff": "staff",
    "POST /api/programs": "program",
    "GET /api/programs": "program",
    "GET /api/programs/{program}": "program",
    "GET /api/programs/{program}/phases": "program",
    "POST /api/programs/{program}/phases": "program",
    "PUT /api/phases/{phase}": "program",
    "POST /api/phases/{phase}/requirements": "program",
    "POST /api/enrolments": "enrolment",
    "GET /api/enrolments": "list",
    "GET /api/enrolments/{enrolment}": "enrolment",
    "GET /api/clients/{client}/enrolments": "acts",
    "POST /api/enrolments/{enrolment}/acts": "acts",
    "POST /api/enrolments/{enrolment}/acts/preview": "acts",
    "POST /api/acts/{act}/withdrawal": "acts",
    "POST /api/acts/{act}/withdrawal/preview": "acts",
    "POST /api/inquiries": "inquiry",
    "GET /api/inquiries": "list",
    "GET /api/inquiries/{inquiry}": "inquiry",
    "POST /api/inquiries/{inquiry}/screening": "inquiry",
    "POST /api/inquiries/{inquiry}/intake": "inquiry",
    "POST /api/inquiries/{inquiry}/eligibility": "inquiry",
    "POST /api/inquiries/{inquiry}/admission": "inquiry",
    "POST /api/inquiries/{inquiry}/referral": "inquiry",
    "POST /api/inquiries/{inquiry}/arrival": "inquiry",
    "POST /api/inquiries/{inquiry}/waiting": "inquiry",
    "POST /api/inquiries/{inquiry}/interim": "inquiry",
    "POST /api/inquiries/{inquiry}/decline": "inquiry",
    "POST /api/inquiries/{inquiry}/reopening": "inquiry",
    "POST /api/sessions": "session",
    "GET /api/sessions": "sessions",
    "GET /api/sessions/{session}": "session",
    "PUT /api/sessions/{session}/roster": "session",
    "POST /api/sessions/{session}/cancellation": "session",
    "DELETE /api/sessions/{session}/cancellation": "session",
    "GET /api/sessions/{session}/room": "room",
    "POST /api/sessions/{session}/removals": "room",
    "DELETE /api/sessions/{session}/removals/{person}": "room",
    "POST /api/sessions/{session}/responsibility": "room",
    "GET /api/sessions/{session}/attendance": "attendance",
    "GET /api/sessions/{session}/notes": "notes",
    "POST /api/notes/{note}/signatures": "signature",
    "GET /api/feed": "feed",
    "GET /api/outbox": "mail",
    "GET /api/who-looked": "looks",
}
"""By method and address. A route that the access audit may record and that is not in it fails a test."""
READS_BY_POST: frozenset[str] = frozenset({
    "POST /api/clients/search", "POST /api/clients/alike", "POST /api/my-hours",
})  # fmt: skip
"""Routes that only read though they are asked with POST."""


def kind_of(method: str, route: str) -> RecordKind:
    """The kind of record that a route is about; `other` for one that no longer exists."""
    return RECORDS.get(f"{method} {route}", "other")


def is_read(method: str, route: str) -> bool:
    """Whether a route only reads."""
    return method == "GET" or f"{method} {route}" in READS_BY_POST
