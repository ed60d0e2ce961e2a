"""Which kind of record each table holds, and how its rows go. A test fails on a table that is not here."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from domain.privacy.retention import RecordType

How = Literal["with_the_client", "emptied", "by_age", "key_destroyed", "by_use", "never"]
"""`with_the_client`: deleted when the client is erased. `emptied`: then its words are emptied and its ids stay.
`by_age`: deleted row by row. `key_destroyed`: unreadable once the key is gone. `by_use`: whoever uses the table deletes
what is over. `never`: `why` says why."""


class Kept(msgspec.Struct, frozen=True):
    """What a table holds, how its rows go, and for what never goes, why."""

    record: RecordType
    how: How
    why: str = ""


_LEDGER = "it is the ledger, or proves it: ids and codes only"
_DERIVED = "derived from the ledger again at any time: ids, times and numbers"
_IDS = "ids, days and codes: what hours and statements are checked against"
_SETUP = "about the clinic, not about a person; the ids of staff say who decided"
_STAFF = "staff are named by what they signed and led for as long as it is kept"
_STANDS = "how the installation stands: about nobody"

KEPT: Mapping[str, Kept] = {
    "persons": Kept("client", "emptied"),
    "client_records": Kept("client", "with_the_client"),
    "contact_ways": Kept("client", "with_the_client"),
    "emergency_contacts": Kept("client", "with_the_client"),
    "external_ids": Kept("client", "with_the_client"),
    "diagnoses": Kept("client", "with_the_client"),
    "aliases": Kept("client", "with_the_client"),
    "person_search": Kept("client", "with_the_client"),
    "identity_contacts": Kept("client", "with_the_client"),
    "act_words": Kept("client", "with_the_client"),
    "note_drafts": Kept("client", "with_the_client"),
    "legal_holds": Kept("client", "with_the_client"),
    "erasures": Kept("client", "with_the_client"),
    "client_tags": Kept("client", "with_the_client"),
    "meeting_log": Kept("client", "with_the_client"),
    "meeting_log_shares": Kept("client", "with_the_client"),
    "ties": Kept("client", "emptied"),
    "coverages": Kept("client", "emptied"),
    "data_keys": Kept("client", "emptied"),
    "notes": Kept("client", "key_destroyed"),
    "note_versions": Kept("client", "key_destroyed"),
    "note_signatures": Kept("client", "never", "ids and digests: that a note was signed stays provable"),
    "inquiries": Kept("inquiry", "by_age"),
    "inquiry_steps": Kept("inquiry", "by_age"),
    "consents": Kept("consent", "by_age"),
    "disclosures": Kept("disclosure", "by_age"),
    "access_audit": Kept("access_audit", "by_age"),
    "mails": Kept("mail", "by_age"),
    "identity_codes": Kept("identity_code", "by_age"),
    "identified_browsers": Kept("known_browser", "by_age"),
    "known_browsers": Kept("known_browser", "by_age"),
    "sign_ins": Kept("sign_in", "by_age"),
    "pending_sign_ins": Kept("sign_in", "by_age"),
    "passkey_challenges": Kept("sign_in", "by_age"),
    "sign_in_failures": Kept("sign_in_failure", "by_use"),
    "staff_invitations": Kept("invitation", "by_age"),
    "email_changes": Kept("invitation", "by_age"),
    "password_resets": Kept("invitation", "by_age"),
    "join_links": Kept("link", "by_age"),
    "guest_links": Kept("link", "by_age"),
    "liveness": Kept("liveness", "by_age"),
    "spent_aliases": Kept("spent_alias", "by_age"),
    "client_imports": Kept("transfer", "by_use"),
    "clinic_export_pieces": Kept("transfer", "by_use"),
    "clinic_exports": Kept("plan", "never", "who took the clinic's records out, with ids; the file itself goes"),
    "ledger": Kept("ledger", "never", _LEDGER),
    "ledger_heads": Kept("ledger", "never", _LEDGER),
    "ledger_roots": Kept("ledger", "never", _LEDGER),
    "closing_keys": Kept("ledger", "never", _LEDGER),
    "positions_before": Kept("ledger", "never", _LEDGER),
    "feed_cursors_before": Kept("ledger", "never", _LEDGER),
    "session_records": Kept("attendance", "never", _DERIVED),
    "attendance_records": Kept("attendance", "never", _DERIVED),
    "hour_totals": Kept("attendance", "never", _DERIVED),
    "client_days": Kept("attendance", "never", _DERIVED),
    "statements_due": Kept("attendance", "never", _DERIVED),
    "set_aside_sessions": Kept("attendance", "never", _DERIVED),
    "enrolments": Kept("plan", "never", _IDS),
    "acts": Kept("plan", "never", _IDS),
    "sessions": Kept("plan", "never", _IDS),
    "rosters": Kept("plan", "never", _IDS),
    "paused_places": Kept("plan", "never", _IDS),
    "rooms": Kept("plan", "never", _IDS),
    "clinics": Kept("plan", "never", _SETUP),
    "first_runs": Kept("plan", "never", _SETUP),
    "programs": Kept("plan", "never", _SETUP),
    "phases": Kept("plan", "never", _SETUP),
    "phase_requirements": Kept("plan", "never", _SETUP),
    "program_texts": Kept("plan", "never", _SETUP),
    "program_policies": Kept("plan", "never", _SETUP),
    "clinic_kinds": Kept("plan", "never", _SETUP),
    "way_rules": Kept("plan", "never", _SETUP),
    "second_factor_policies": Kept("plan", "never", _SETUP),
    "retention_rules": Kept("plan", "never", _SETUP),
    "erased_counts": Kept("plan", "never", "days and counts: what was erased, about nobody"),
    "api_tokens": Kept("plan", "never", "who received disclosures; about programs, not persons"),
    "staff_roles": Kept("staff", "never", _STAFF),
    "licences": Kept("staff", "never", _STAFF),
    "licence_rules": Kept("plan", "never", _SETUP),
    "licence_policies": Kept("plan", "never", _SETUP),
    "providers": Kept("plan", "by_use"),
    "provider_accounts": Kept("staff", "by_use"),
    "provider_attempts": Kept("sign_in", "by_use"),
    "passwords": Kept("staff", "by_use"),
    "second_factors": Kept("staff", "by_use"),
    "recovery_codes": Kept("staff", "by_use"),
    "access_changes": Kept("upkeep", "by_use"),
    "nodes": Kept("upkeep", "never", _STANDS),
    "cursors": Kept("upkeep", "never", _STANDS),
    "migrations": Kept("upkeep", "never", _STANDS),
    "set_aside_entries": Kept("upkeep", "never", "entries of journals that the database refused: ids and codes"),
}
"""By table."""
