"""The clock is in UTC, and ids sort by when they were made."""

import uuid
from datetime import UTC

from runtime.clock import new_id, now


def test_now_is_aware_and_in_utc() -> None:
    assert now().tzinfo is UTC
    assert now() <= now()


def test_ids_are_uuids_of_version_seven_that_sort_by_time() -> None:
    ids = [new_id() for _ in range(1_000)]
    assert ids == sorted(set(ids))
    assert {uuid.UUID(id).version for id in ids} == {7}
