"""What the routes of imports and exports take and answer."""

from typing import Annotated

import msgspec

from domain.events.fact import Instant
from domain.transfer.previews import ImportState, Preview
from domain.transfer.sheets import LARGEST_MIB
from server.http.payloads import Body, Secret, View
from store.transfer.exports import ExportState

LONGEST_FILE = (LARGEST_MIB + 1 << 20) * 4 // 3 + 4
"""Characters of Base64. A little more than the largest file, so that one that is too large gets a sentence."""


class BringClients(Body, frozen=True, kw_only=True):
    """A CSV file, its bytes in Base64."""

    content: Annotated[str, msgspec.Meta(max_length=LONGEST_FILE)]


class ClientImport(View, frozen=True, kw_only=True):
    """A file of clients, how many of its lines are done, and, once it is checked, what it would do."""

    id: str
    state: ImportState
    expires_at: Instant
    total: int
    done: int
    preview: Preview | None


class TakeMyCopy(Body, frozen=True, kw_only=True):
    link: Secret


class ClinicExport(View, frozen=True, kw_only=True):
    """An export of the clinic, with who asked and who approved, and how far its file is."""

    id: str
    state: ExportState
    asked_by: str
    asked_at: Instant
    approved_by: str | None
    approved_at: Instant | None
    stopped_by: str | None
    expires_at: Instant
    """Of the request; once the file is ready, of the file."""
    done: int
    total: int
    """Parts of the clinic's records."""
    size: int
    """Bytes."""
    fetched_at: Instant | None
    yours: bool
    """Whether you asked for it: you alone may fetch it, and may not approve it."""


class ClinicExports(View, frozen=True, kw_only=True):
    """The newest exports of the clinic."""

    items: tuple[ClinicExport, ...]


class AskedExport(View, frozen=True, kw_only=True):
    """A new request, and the passphrase of its file, which is shown now and never again."""

    export: ClinicExport
    passphrase: str
