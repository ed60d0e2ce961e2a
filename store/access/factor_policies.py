"""Whom each clinic asks for a second factor."""

from datetime import datetime

from domain.access.standing import FactorPolicy
from store.database import Transaction


async def of_clinic(tx: Transaction, clinic: str) -> FactorPolicy:
    """The clinic's policy; a clinic that has set none asks nobody."""
    row = await tx.fetchrow(
        "SELECT required, roles, changed_at AS since FROM second_factor_policies WHERE clinic_id = $1", clinic
    )
    return (
        FactorPolicy(required=row["required"], roles=tuple(row["roles"]), since=row["since"]) if row else FactorPolicy()
    )


async def replace(tx: Transaction, clinic: str, policy: FactorPolicy, by: str, now: datetime) -> None:
    """Make this the clinic's policy from now on. One that says the same goes on: its day stays."""
    await tx.execute(
        """
        INSERT INTO second_factor_policies (clinic_id, required, roles, changed_at, changed_by)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (clinic_id) DO UPDATE SET required = excluded.required, roles = excluded.roles,
                                              changed_at = excluded.changed_at, changed_by = excluded.changed_by
        WHERE (second_factor_policies.required, second_factor_policies.roles)
              IS DISTINCT FROM (excluded.required, excluded.roles)
        """,
        clinic, policy.required, list(policy.roles), now, by,
    )  # fmt: skip
