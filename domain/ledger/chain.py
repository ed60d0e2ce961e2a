"""Hash chains: each fact of a stream is bound to the one before it, so that tampering shows.

A stream's links follow one rule from its first fact to its last. Rule 2 binds a fact's digest, so that a chain can be
checked through a fact that may not be shown; streams begun before there was a rule 2 go on under rule 1. No field says
which it is, for a field could be changed without a trace: it is the rule by which the first fact follows from `START`
(where that was lost, the first that stands behind its predecessor).
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Literal, Self

import msgspec

START = bytes(32)
"""What the first fact of a stream is bound to."""

Rule = Literal[1, 2]
"""1: SHA-256(previous link, 32 bytes ‖ body). 2: SHA-256(previous link ‖ SHA-256(body))."""
NEWEST: Rule = 2
RULES: tuple[Rule, ...] = (2, 1)


def digest(body: bytes) -> bytes:
    """What stands for a fact that may not be shown: SHA-256 of its exact bytes."""
    return hashlib.sha256(body).digest()


def link(previous: bytes, body: bytes, rule: Rule = NEWEST) -> bytes:
    """The link of a fact with these exact bytes, behind the link `previous`."""
    return hashlib.sha256(previous + (body if rule == 1 else digest(body))).digest()


def rule_of(body: bytes, claimed: bytes, previous: bytes = START) -> Rule | None:
    """The rule by which the link `claimed` follows; None when it follows by neither."""
    return next((rule for rule in RULES if link(previous, body, rule) == claimed), None)


class End(msgspec.Struct, frozen=True):
    """Where a chain stands: its last link, and the rule by which it goes on."""

    link: bytes = START
    rule: Rule = NEWEST

    @classmethod
    def of(cls, chained: Mapping[int, tuple[bytes, bytes]], first: int = 1) -> Self:
        """Of a stream whose facts, from number `first` on, have these bodies and links by their number.

        Some may be missing. One in which no fact follows from another goes on by the newest rule.
        """
        befores = {number + 1: link for number, (_, link) in chained.items()} | {first: START}
        rules = (rule_of(*chained[number], befores[number]) for number in sorted(chained) if number in befores)
        rule = next((rule for rule in rules if rule), NEWEST)
        return cls(chained[max(chained)][1] if chained else START, rule)

    def then(self, body: bytes) -> "End":
        """Behind one more fact."""
        return End(link(self.link, body, self.rule), self.rule)


class Walk:
    """Along a stream, fact after fact: whether each follows from the one before it.

    A link is held against the one that the fact before claims, and where that one was wrong against what it should
    have been as well: so one altered byte, of a body or of a link, is one fact that does not follow.
    """

    def __init__(self) -> None:
        self._rule: Rule | None = None
        self._before: tuple[bytes, ...] = (START,)

    def follows(self, body: bytes, claimed: bytes) -> bool:
        """Whether the next fact does."""
        rules = RULES if self._rule is None else (self._rule,)
        due = {link(previous, body, rule): rule for previous in self._before for rule in rules}
        holds = claimed in due
        if holds:
            self._rule = due[claimed]
        self._before = (claimed,) if holds else (claimed, *due)
        return holds

    def resume(self, claimed: bytes) -> None:
        """Go on behind a fact that cannot be judged, since what stood before it is missing."""
        self._before = (claimed,)


def broken(bodies_and_links: Iterable[tuple[bytes, bytes]]) -> list[int]:
    """The index of each fact of a whole chain that does not follow."""
    walk = Walk()
    return [index for index, (body, claimed) in enumerate(bodies_and_links) if not walk.follows(body, claimed)]


def first_broken(bodies_and_links: Iterable[tuple[bytes, bytes]]) -> int | None:
    """The first of them, or None when the whole chain holds."""
    return next(iter(broken(bodies_and_links)), None)


def day_root(ends: Mapping[str, bytes]) -> bytes:
    """The root hash of one UTC day. Changing anything recorded on it, or before it, changes the root.

    `ends` has the last 32 bytes of everything that grew, by name: the links of streams, or the seals of closings. The
    root is SHA-256 over them in the order of their names (by code point), each as the name in UTF-8, a zero byte and
    the 32 bytes. A day without any has the root of nothing.
    """
    found = hashlib.sha256()
    for name, end in sorted(ends.items()):
        found.update(name.encode() + b"\0" + end)
    return found.digest()
