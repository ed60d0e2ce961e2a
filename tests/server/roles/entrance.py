"""Who gets in where, written by hand: what each role needs for its work, route by route.

Nothing here is taken from `domain/people/roles.py`, which this checks. A new route needs one line in `GETS_IN`. Ask who
needs it for their work, and write that down; if the walk then disagrees, one of the two tables is wrong.

Letters: A administrator, S supervisor, F facilitator, P prescriber, B biller, X auditor. A capital letter: always. A
small letter: only what is about a session that they are on the roster of, or about its clients. No letter: never.
"""

from domain.people.roles import StaffRole

LETTERS: dict[str, StaffRole] = {
    "A": "administrator",
    "S": "supervisor",
    "F": "facilitator",
    "P": "prescriber",
    "B": "biller",
    "X": "auditor",
}
EVERYONE = "everyone"
"""Also without a sign-in."""
TOKENS = "tokens"
"""Programs with an API token, and no person."""

GETS_IN = {
    # access
    "POST /api/sign-in": EVERYONE,
    "POST /api/sign-out": EVERYONE,
    "GET /api/me": EVERYONE,
    "POST /api/sign-in/factor": EVERYONE,
    "POST /api/password-resets": EVERYONE,
    "POST /api/password-resets/use": EVERYONE,
    "POST /api/me/confirmation": "A S F P B X",
    "POST /api/me/passkey-question": "",
    "POST /api/me/activity": "A S F P B X",
    "POST /api/me/lock": "A S F P B X",
    "GET /api/me/sign-ins": "A S F P B X",
    "DELETE /api/me/sign-ins": "A S F P B X",
    "DELETE /api/me/sign-ins/{sign_in}": "",
    "PUT /api/me/password": "A S F P B X",
    "POST /api/me/email": "A S F P B X",
    "POST /api/email-changes/use": EVERYONE,
    "GET /api/me/factors": "A S F P B X",
    "POST /api/me/factors/one-time-code/offer": "A S F P B X",
    "POST /api/me/factors/one-time-code": "A S F P B X",
    "POST /api/me/factors/passkey/offer": "A S F P B X",
    "POST /api/me/factors/passkey": "A S F P B X",
    "PUT /api/me/factors/{factor}": "",
    "DELETE /api/me/factors/{factor}": "",
    "POST /api/me/recovery-codes": "A S F P B X",
    "GET /api/clinic/second-factor": "A S X",
    "PUT /api/clinic/second-factor": "A",
    "POST /api/join-links": "A S f p",
    "DELETE /api/join-links/{link}": "A S f p",
    "POST /api/join-links/open": EVERYONE,
    "POST /api/join-links/alias": EVERYONE,
    "POST /api/sessions/{session}/tickets": "A S f p",
    "POST /api/identity/codes": EVERYONE,
    "POST /api/identity/browsers": EVERYONE,
    "POST /api/identity/contact": EVERYONE,
    "GET /api/persons/{person}/identity": "A S F P",
    "PUT /api/persons/{person}/identity/contact": "A S",
    "DELETE /api/persons/{person}/identity/contact": "A S",
    "DELETE /api/persons/{person}/identity/wrong-codes": "A S",
    "DELETE /api/persons/{person}/identity/browsers/{browser}": "A S",
    "POST /api/api-tokens": "A",
    "GET /api/api-tokens": "A",
    "DELETE /api/api-tokens/{token}": "A",
    # guests
    "POST /api/guest-links/agreement": EVERYONE,
    "GET /api/clients/{client}/guests": "A S f p X",
    "POST /api/clients/{client}/guests": "A S f",
    "POST /api/guests/{guest}/links": "A S f",
    "POST /api/guests/{guest}/release": "A S f",
    "DELETE /api/guests/{guest}/release": "A S f",
    "DELETE /api/guest-links/{guest_link}": "A S f",
    # people
    "POST /api/persons": "A",
    "GET /api/persons": "A S F P B X",
    "GET /api/persons/{person}": "A S F P B X",
    "POST /api/persons/{person}/deactivation": "A",
    "DELETE /api/persons/{person}/deactivation": "A",
    "GET /api/staff": "A S F P B X",
    "POST /api/clients": "A S",
    "POST /api/clients/search": "A S F P B X",
    "POST /api/clients/alike": "A S",
    "GET /api/clients/{client}": "A S F P B X",
    "PUT /api/clients/{client}/person": "A S",
    "PUT /api/clients/{client}/contacts": "A S",
    "PUT /api/clients/{client}/external-ids": "A S",
    "PUT /api/clients/{client}/alias": "A S",
    "GET /api/clients/{client}/diagnoses": "A S F P B X",
    "POST /api/clients/{client}/diagnoses": "A S P",
    "PUT /api/clients/{client}/diagnosis-order": "A S P",
    "PUT /api/clients/{client}/diagnoses/{diagnosis}": "A S P",
    "DELETE /api/clients/{client}/diagnoses/{diagnosis}": "A S P",
    "GET /api/staff/{member}": "A S F P B X",
    "PUT /api/staff/{member}/roles": "A",
    "GET /api/staff/{member}/undone": "A",
    "GET /api/staff/{member}/licences": "A S F P B X",
    "POST /api/staff/{member}/licences": "A",
    "PUT /api/licences/{licence}": "A",
    "DELETE /api/licences/{licence}": "A",
    "GET /api/expiring-licences": "A",
    "GET /api/clinic/licences": "A S X",
    "PUT /api/clinic/licences/policy": "A",
    "POST /api/clinic/licences/rules": "A",
    "POST /api/staff": "A",
    "POST /api/staff/{member}/invitation": "A",
    "DELETE /api/staff/{member}/invitation": "A",
    "POST /api/invitations/open": EVERYONE,
    "POST /api/invitations/accept": EVERYONE,
    # transfer
    "GET /api/import-template": "A",
    "POST /api/imports": "A",
    # a file belongs to the person who brought it, and a finished export to who asked for it
    "GET /api/imports/{import}": "",
    "POST /api/imports/{import}/application": "",
    "DELETE /api/imports/{import}": "",
    "GET /api/clients/{client}/copy": "A",
    "POST /api/my-copy": EVERYONE,
    "POST /api/exports": "A",
    "GET /api/exports": "A",
    "POST /api/exports/{export}/approval": "A",
    "DELETE /api/exports/{export}": "A",
    "POST /api/exports/{export}/file": "",
    # programs
    "POST /api/programs": "A",
    "GET /api/programs": "A S F P B X",
    "GET /api/programs/{program}": "A S F P B X",
    "PUT /api/programs/{program}": "A",
    "GET /api/programs/{program}/occupancy": "A S F P B X",
    "GET /api/programs/{program}/texts": "A S F P B X",
    "POST /api/programs/{program}/texts": "A",
    "GET /api/programs/{program}/policies": "A S F P B X",
    "POST /api/programs/{program}/policies/preview": "A",
    "POST /api/programs/{program}/policies": "A",
    "POST /api/my-meetings/open": EVERYONE,
    "POST /api/my-meetings": EVERYONE,
    "POST /api/my-meetings/removal": EVERYONE,
    "POST /api/my-meetings/sharing": EVERYONE,
    "GET /api/persons/{person}/meetings": "A S F P X",
    "GET /api/kinds": "A S F P B X",
    "POST /api/kinds": "A",
    "PUT /api/kinds/{kind}": "A",
    "GET /api/persons/{person}/tags": "A S F P X",
    "PUT /api/persons/{person}/tags": "A S F",
    "GET /api/programs/{program}/phases": "A S F P B X",
    "POST /api/programs/{program}/phases": "A",
    "PUT /api/phases/{phase}": "A",
    "POST /api/phases/{phase}/requirements": "A",
    "POST /api/enrolments": "A S",
    "GET /api/enrolments": "A S F P B X",
    "GET /api/enrolments/{enrolment}": "A S F P B X",
    # way
    "GET /api/clients/{client}/enrolments": "A S F P B X",
    "POST /api/enrolments/{enrolment}/acts": "A S",
    "POST /api/enrolments/{enrolment}/acts/preview": "A S",
    "POST /api/acts/{act}/withdrawal": "A S",
    "POST /api/acts/{act}/withdrawal/preview": "A S",
    "POST /api/inquiries": "A S F",
    "GET /api/inquiries": "A S F P X",
    "GET /api/inquiries/{inquiry}": "A S F P X",
    "POST /api/inquiries/{inquiry}/screening": "A S F",
    "POST /api/inquiries/{inquiry}/intake": "A S F",
    "POST /api/inquiries/{inquiry}/eligibility": "A S F",
    "POST /api/inquiries/{inquiry}/admission": "A S",
    "POST /api/inquiries/{inquiry}/admission/preview": "A S",
    "GET /api/intake-rules": "A S F P B X",
    "POST /api/intake-rules": "A",
    "POST /api/inquiries/{inquiry}/referral": "A S",
    "POST /api/inquiries/{inquiry}/arrival": "A S F",
    "POST /api/inquiries/{inquiry}/waiting": "A S F",
    "POST /api/inquiries/{inquiry}/interim": "A S F",
    "POST /api/inquiries/{inquiry}/decline": "A S",
    "POST /api/inquiries/{inquiry}/reopening": "A S F",
    # schedule
    "POST /api/sessions": "A S",
    "GET /api/sessions": "A S F P B X",
    "GET /api/sessions/{session}": "A S f p B X",
    "PUT /api/sessions/{session}/roster": "A S",
    "POST /api/sessions/{session}/cancellation": "A S f p",
    "DELETE /api/sessions/{session}/cancellation": "A S f p",
    "POST /api/sessions/{session}/handover": "A S",
    # room
    "GET /api/sessions/{session}/room": "A S",
    "POST /api/sessions/{session}/removals": "A S",
    "DELETE /api/sessions/{session}/removals/{person}": "A S",
    "POST /api/sessions/{session}/responsibility": "A S",
    # attendance
    "GET /api/sessions/{session}/attendance": "A S f p B X",
    # chart
    "GET /api/sessions/{session}/notes": "S f p X",
    "POST /api/notes/{note}/signatures": "s f p",
    # retention
    "GET /api/clinic/retention": "A",
    "PUT /api/clinic/retention": "A",
    "POST /api/clients/{client}/holds": "A",
    "DELETE /api/holds/{hold}": "A",
    "PUT /api/clients/{client}/erasing": "A",
    # billing
    "GET /api/feed": TOKENS,
    # hours
    "POST /api/my-hours": EVERYONE,
    # mail
    "GET /api/outbox": "A",
    # privacy
    "GET /api/who-looked": "A S X",
    # no person's record
    "GET /api/health": EVERYONE,
    "GET /api/closing-keys": EVERYONE,
}

SEES = {
    "a client's name": "A S F P B X",
    "why a client is held": "A",
    "a client's e-mail address": "A S F P B X",
    "a client's legal name": "A S F P B X",
    "a client's contact": "A S F P B X",
    "a client's id elsewhere": "A S F P B X",
    "a client's alias": "A S F P B X",
    "a client's diagnosis": "A S F P B X",
    "a guest's name": "A S f p X",
    "what a session is called": "A S f p B X",
    "a signed note": "s f p X",
    "a draft of a note": "s f p",
    "a counselling note": "s f p",
    "a private reflection": "",
    "a contact for codes": "A S F P",
    "a secret": "",
    "words beside an act": "A S F P X",
    "who asked": "A S F P X",
    "how to reach who asked": "A S F P X",
}
"""Who may find which needle in any answer, with the same letters; `places.py` plants them."""

READS_BY_POST: frozenset[str] = frozenset({
    "POST /api/clients/search", "POST /api/clients/alike", "POST /api/my-hours", "POST /api/my-copy",
    "POST /api/programs/{program}/policies/preview",
})  # fmt: skip
"""Routes that only read, though they are asked with POST: what was typed must stand in no address."""

BODIES: dict[str, dict[str, object]] = {
    "POST /api/guests/{guest}/links": {"session": "{session}"},
    "POST /api/programs/{program}/texts": {"kind": "welcome", "after": 0, "text": "Welcome."},
    "POST /api/clients": {"name": "Sam"},
    "POST /api/clients/search": {},
    "POST /api/imports": {"content": "aWQsbmFtZQoxLFBhdAo="},
    "PUT /api/clients/{client}/person": {"revision": 1, "name": "Sam"},
    "PUT /api/clients/{client}/contacts": {"revision": 1, "contacts": []},
    "PUT /api/clients/{client}/external-ids": {"revision": 1, "external_ids": []},
    "PUT /api/clients/{client}/alias": {"revision": 1, "alias": "Cedar"},
    "POST /api/clients/{client}/diagnoses": {"code": "F10.20", "starts_on": "2026-11-01"},
    "PUT /api/clients/{client}/diagnoses/{diagnosis}": {"ends_on": None},
    "PUT /api/clients/{client}/diagnosis-order": {"order": []},
    "POST /api/me/confirmation": {"password": "a guess"},
    "POST /api/sign-in/factor": {"pending": "unknown", "code": "123456"},
    "PUT /api/clinic/second-factor": {"required": "never"},
    "POST /api/staff/{member}/licences": {"kind": "nurse", "state": "NY", "number": "1", "from_on": "2026-01-01"},
    "PUT /api/licences/{licence}": {"kind": "nurse", "state": "NY", "number": "1", "from_on": "2026-01-01"},
    "POST /api/sessions/{session}/tickets": {},
    "POST /api/sessions/{session}/responsibility": {"why": "left"},
    "POST /api/enrolments/{enrolment}/acts": {"kind": "leave", "from_on": "2026-11-24"},
    "POST /api/enrolments/{enrolment}/acts/preview": {"kind": "leave", "from_on": "2026-11-24"},
    "POST /api/inquiries/{inquiry}/intake": {"facilitator": "{person}", "starts": "2026-12-24T18:00:00Z"},
    "POST /api/inquiries/{inquiry}/eligibility": {
        "answers": [], "level": {"edition": "4", "recommended": "2.1", "placed": "2.1"},
    },
    "POST /api/inquiries/{inquiry}/referral": {"to": "Detox", "reason": "detox", "sent_on": "2026-11-24"},
    "POST /api/inquiries/{inquiry}/decline": {"reason": "other"},
    "POST /api/clients/{client}/guests": {
        "name": "Maria",
        "relation": "parent",
        "release": {"scopes": ["attend"], "signed_on": "2026-11-20", "expires_on": "2026-12-31"},
    },
    "POST /api/guests/{guest}/release": {
        "release": {"scopes": ["attend"], "signed_on": "2026-11-20", "expires_on": "2026-12-31"},
    },
}  # fmt: skip
"""Bodies of routes for which no valid one can be made from its shape (`needles.valid`): `{session}` and other ids are
filled in."""

NOT_PLANTED: frozenset[str] = frozenset({"sign_in", "factor", "import"})
"""Ids in paths that `places.py` plants nothing for. Their routes are asked for what is not there, which proves less."""
