"""Hash chains: each fact of a stream is bound to the one before it, so that tampering shows.

A stream's links follow one rule from its first fact to its last. Rule 2 binds a fact's digest, so that a chain can be
checked across a fact that may not be shown; streams that are older than rule 2 continue under rule 1. No field states
the rule, because a field could be changed without a trace. It is the rule by which the first fact follows from `START`;
if that fact was lost, the first fact whose predecessor is there decides.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Literal, Self

import msgspec

START = bytes(32)
"""The link before the first fact of a stream."""

Rule = Literal[1, 2]
"""1: SHA-256(previous link, 32 bytes ‖ body). 2: SHA-256(previous link ‖ SHA-256(body))."""
NEWEST: Rule = 2
RULES: tuple[Rule, ...] = (2, 1)


def digest(body: bytes) -> bytes:
    """SHA-256 of a fact's exact bytes; it represents a fact that may not be shown."""
    return hashlib.sha256(body).digest()


def link(previous: bytes, body: bytes, rule: Rule = NEWEST) -> bytes:
    """The link of a fact with these exact bytes, after the link `previous`."""
    return hashlib.sha256(previous + (body if rule == 1 else digest(body))).digest()


def rule_of(body: bytes, claimed: bytes, previous: bytes = START) -> Rule | None:
    """The rule by which the link `claimed` follows; None if it follows by neither."""
    return next((rule for rule in RULES if link(previous, body, rule) == claimed), None)


class End(msgspec.Struct, frozen=True):
    """The end of a chain: its last link, and the rule by which it continues."""

    link: bytes = START
    rule: Rule = NEWEST

    @classmethod
    def of(cls, chained: Mapping[int, tuple[bytes, bytes]], first: int = 1) -> Self:
        """The end of a stream; `chained` holds (body, link) by number, and `first` is the number of its first fact.

        Facts may be missing. A stream in which no fact follows from another continues by the newest rule.
        """
        befores = {number + 1: link for number, (_, link) in chained.items()} | {first: START}
        rules = (rule_of(*chained[number], befores[number]) for number in sorted(chained) if number in befores)
        rule = next((rule for rule in rules if rule), NEWEST)
        return cls(chained[max(chained)][1] if chained else START, rule)

    def then(self, body: bytes) -> "End":
        """The end after one more fact."""
        return End(link(self.link, body, self.rule), self.rule)


class Walk:
    """Checks a stream fact by fact: whether each follows from the one before it.

    It compares each link with the link that the previous fact claims and, if that claim was wrong, also with the link
    that it should have had. So one altered byte, in a body or a link, shows as one fact that does not follow.
    """

    def __init__(self) -> None:
        self._rule: Rule | None = None
        self._before: tuple[bytes, ...] = (START,)

    def follows(self, body: bytes, claimed: bytes) -> bool:
        """Whether the next fact follows."""
        rules = RULES if self._rule is None else (self._rule,)
        due = {link(previous, body, rule): rule for previous in self._before for rule in rules}
        holds = claimed in due
        if holds:
            self._rule = due[claimed]
        self._before = (claimed,) if holds else (claimed, *due)
        return holds

    def resume(self, claimed: bytes) -> None:
        """Continue after a fact that cannot be checked because its predecessor is missing."""
        self._before = (claimed,)


def broken(bodies_and_links: Iterable[tuple[bytes, bytes]]) -> list[int]:
    """The indexes of the facts that do not follow, in a whole chain."""
    walk = Walk()
    return [index for index, (body, claimed) in enumerate(bodies_and_links) if not walk.follows(body, claimed)]


def first_broken(bodies_and_links: Iterable[tuple[bytes, bytes]]) -> int | None:
    """The first of these indexes, or None if the whole chain holds."""
    return next(iter(broken(bodies_and_links)), None)


def day_root(ends: Mapping[str, bytes]) -> bytes:
    """The root hash of one UTC day. Changing anything recorded on it, or before it, changes the root.

    `ends` holds, by name, the last 32 bytes of everything that grew: links of streams, or fingerprints of closings. The
    root is SHA-256 over them, sorted by name (code points); each is the name in UTF-8, a zero byte and the 32 bytes.
    Without any, the root is SHA-256 of the empty string.
    """
    found = hashlib.sha256()
    for name, end in sorted(ends.items()):
        found.update(name.encode() + b"\0" + end)
    return found.digest()
