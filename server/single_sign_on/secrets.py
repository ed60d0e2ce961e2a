"""The client secret that a provider gave the clinic: encrypted with the clinic's own data key."""

from domain.access.single_sign_on import Provider
from domain.errors import ProviderUnusable
from runtime.settings import ServerSettings
from server.access.factors.proofs import note_keys
from store.chart import data_keys
from store.chart.data_keys import UNOPENABLE
from store.database import Transaction

PLACE = "provider's client secret"


async def encrypt(tx: Transaction, settings: ServerSettings, clinic: str, secret: str) -> bytes:
    """The secret as it is stored."""
    key = await data_keys.for_owner(tx, note_keys(settings), clinic, clinic)
    return key.encrypt(secret, PLACE)


async def decrypt(tx: Transaction, settings: ServerSettings, provider: Provider) -> str:
    """The secret.

    Raises:
        ProviderUnusable: this server does not have the key.
    """
    try:
        key = await data_keys.for_owner(tx, note_keys(settings), provider.clinic, provider.clinic)
        return key.decrypt(provider.client_secret, PLACE)
    except UNOPENABLE:
        raise ProviderUnusable from None
