"""What an export of a clinic holds, table by table, and what it never holds. A test asks about each new table."""

from collections.abc import AsyncIterator, Mapping, Sequence

from store.database import Transaction

AT_A_TIME = 500

EXPORTED: Mapping[str, Sequence[str]] = {
    "clinics": (), "persons": (), "staff_roles": (), "client_records": (), "contact_ways": (), "emergency_contacts": (),
    "external_ids": (), "diagnoses": (), "aliases": (), "ties": (), "identity_contacts": (),
    "programs": (), "phases": (), "phase_requirements": (), "enrolments": (), "acts": (), "coverages": (),
    "inquiries": (), "way_rules": (), "consents": (), "sessions": (), "rosters": (), "session_records": (),
    "attendance_records": (), "hour_totals": (), "disclosures": (), "access_audit": (), "second_factor_policies": (),
    "ledger": (), "licences": (), "licence_rules": (), "licence_policies": (), "client_tags": (), "clinic_kinds": (),
    "program_policies": (),
    "program_texts": (), "retention_rules": (), "legal_holds": (), "erased_counts": (),
}  # fmt: skip
"""By table, the columns that stay here."""

OPENED = {"notes", "note_versions", "note_signatures", "act_words", "inquiry_steps"}
"""Tables that are encrypted here. Their texts go, opened, without private reflections."""

LEFT_OUT: Mapping[str, set[str]] = {
    "it is a secret, or says how somebody proves who they are": {
        "passwords", "second_factors", "recovery_codes", "provider_accounts", "provider_attempts", "providers",
        "pending_sign_ins", "passkey_challenges",
        "password_resets", "email_changes", "sign_ins", "sign_in_failures", "known_browsers",
        "identified_browsers", "identity_codes",
        "join_links", "guest_links", "api_tokens", "staff_invitations", "first_runs", "data_keys", "access_changes",
    },
    "nobody has signed it": {"note_drafts"},
    "it is the client's own": {"meeting_log", "meeting_log_shares"},
    "it is a message or a file on its way": {"mails", "notices", "client_imports", "clinic_exports",
                                             "clinic_export_pieces"},
    "it is worked out from the rest": {
        "client_days", "person_search", "paused_places", "statements_due", "ledger_heads", "cursors",
        "feed_cursors_before", "positions_before", "erasures", "spent_aliases",
    },
    "it is how rooms and workers stand": {"nodes", "rooms", "liveness", "set_aside_entries", "set_aside_sessions"},
    "it is about the whole installation": {"ledger_roots", "closing_keys", "migrations"},
}  # fmt: skip


async def rows(tx: Transaction, table: str, clinic: str) -> AsyncIterator[Sequence[str]]:
    """The clinic's rows of an exported table as JSON, in batches. Only in a transaction that sees one moment."""
    key = "id" if table == "clinics" else "clinic_id"
    left = list(EXPORTED[table])
    query = f"SELECT (to_jsonb({table}) - $2::text[])::text AS row FROM {table} WHERE {key} = $1"
    batch: list[str] = []
    async for row in tx.cursor(query, clinic, left, prefetch=AT_A_TIME):
        batch.append(row["row"])
        if len(batch) == AT_A_TIME:
            yield batch
            batch = []
    if batch:
        yield batch


async def see_one_moment(tx: Transaction) -> None:
    """Let everything that follows in the transaction see the clinic as it is now, and change nothing."""
    await tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
