"""The sign-in provider of each clinic that has one. Its secret is stored as the caller encrypted it."""

from datetime import datetime
from typing import Any

import msgspec

from domain.access.single_sign_on import Provider
from store.database import Transaction


async def of_clinic(tx: Transaction, clinic: str) -> Provider | None:
    """The clinic's provider."""
    row = await tx.fetchrow(
        """
        SELECT clinic_id AS clinic, clinics.name AS clinic_name, issuer, client_id, client_secret, algorithms, label,
               factor_values
        FROM providers JOIN clinics ON clinics.id = clinic_id WHERE clinic_id = $1
        """,
        clinic,
    )
    return msgspec.convert(_values(dict(row)), Provider) if row else None


async def replace(tx: Transaction, provider: Provider, by: str, now: datetime) -> None:
    """Make this the clinic's provider from now on."""
    await tx.execute(
        """
        INSERT INTO providers (clinic_id, issuer, client_id, client_secret, algorithms, label, factor_values,
                               changed_at, changed_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (clinic_id) DO UPDATE SET issuer = excluded.issuer, client_id = excluded.client_id,
            client_secret = excluded.client_secret, algorithms = excluded.algorithms, label = excluded.label,
            factor_values = excluded.factor_values, changed_at = excluded.changed_at, changed_by = excluded.changed_by
        """,
        provider.clinic, provider.issuer, provider.client_id, provider.client_secret, provider.algorithms,
        provider.label, provider.factor_values, now, by,
    )  # fmt: skip


async def remove(tx: Transaction, clinic: str) -> bool:
    """Leave the clinic without a provider; False when it has none. Links stay, and count again with the same issuer."""
    found = await tx.fetchval("DELETE FROM providers WHERE clinic_id = $1 RETURNING true", clinic)
    return bool(found)


def _values(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "algorithms": tuple(row["algorithms"]), "factor_values": tuple(row["factor_values"])}
