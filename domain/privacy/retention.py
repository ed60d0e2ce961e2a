"""How long each kind of record is kept, what is kept for ever, and when a client is due to be erased.

Where states differ the rule has a state, and every rule has the day from which it holds: a change of the law is another
row. What ships is the shortest time; a clinic may keep longer and not shorter. Facts of the ledger carry ids and codes
only; they are never erased.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from domain.errors import InvalidInput

RecordType = Literal[
    "client", "group_note", "inquiry", "consent", "disclosure", "access_audit", "mail", "identity_code",
    "known_browser", "sign_in", "sign_in_failure", "invitation", "link", "liveness", "spent_alias", "transfer",
    "ledger", "attendance", "plan", "staff", "upkeep",
]  # fmt: skip
"""Kinds of record. `client`: the name, contacts, ids, diagnoses, alias, guests, drafts, and the key that opens notes.
`group_note`: notes on a whole group. `transfer`: files brought in or taken out. `plan`: programs, sessions and rosters,
with ids. `upkeep`: how the installation stands, about nobody."""
KeptSince = Literal["last_service", "session", "end", "creation", "last_use", "decision"]
KeptUnit = Literal["years", "days"]

ALWAYS = date(2000, 1, 1)
OF_AGE = 18
NOTICE = timedelta(days=30)
"""A client is listed for at least this long before they are erased."""
OUTLOOK = timedelta(days=90)
"""How far ahead clients are listed."""
LONGEST: Mapping[KeptUnit, int] = {"years": 100, "days": 3650}
"""The longest that a clinic may keep something; for longer there are holds."""
LONGEST_POSTPONEMENT = timedelta(days=3653)


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """Keep a kind of record for `keep` years or days since something; without `keep`, for ever."""

    record: RecordType
    keep: int | None = None
    unit: KeptUnit = "years"
    since: KeptSince = "creation"
    minors_until: int | None = None
    """Of somebody who was a minor when last served: keep until they are this old, if that is later."""
    state: str | None = None
    """The home state of the clients whom it is about; None: everybody."""
    from_on: date = ALWAYS
    """The first day on which it holds."""


SHIPPED: tuple[Rule, ...] = (
    Rule(record="client", keep=7, since="last_service", minors_until=25),
    Rule(record="client", keep=11, since="last_service", minors_until=30, state="NC"),
    Rule(record="group_note", keep=11, since="session"),
    Rule(record="inquiry", keep=3, since="decision"),
    Rule(record="consent", keep=6, since="end"),
    Rule(record="disclosure", keep=6),
    Rule(record="access_audit", keep=6),
    Rule(record="mail", keep=90, unit="days"),
    Rule(record="identity_code", keep=30, unit="days"),
    Rule(record="known_browser", keep=400, unit="days", since="last_use"),
    Rule(record="sign_in", keep=365, unit="days", since="end"),
    Rule(record="sign_in_failure", keep=1, unit="days"),
    Rule(record="invitation", keep=365, unit="days", since="end"),
    Rule(record="link", keep=365, unit="days", since="end"),
    Rule(record="liveness", keep=30, unit="days", since="last_use"),
    Rule(record="spent_alias", keep=365, unit="days", since="end"),
    Rule(record="transfer", keep=1, unit="days"),
    Rule(record="ledger"),
    Rule(record="attendance"),
    Rule(record="plan"),
    Rule(record="staff"),
    Rule(record="upkeep"),
)
"""What ships.

- `client`: HIPAA says nothing about medical records, states do. Florida asks physicians for 5 years; North Carolina
  asks hospitals for 11, and for minors until they are 30 (both: compliancejunction.com/hipaa-retention-requirements).
  Seven years is more than HIPAA's six for documentation; for minors it counts from the day on which they are of age. A
  clinic whose state or payer asks for more sets more.
- `group_note`: its readers are many, so it is kept as long as the longest rule for adults.
- `consent`, `access_audit`: documentation of HIPAA is kept for six years (same source; 45 CFR 164.530(j), 164.316(b)).
- `disclosure`: a client may ask for three years back (42 CFR 2.25), and for six of what HIPAA counts (45 CFR 164.528).
- `inquiry`: no rule is known; as long as a disclosure about it could be asked for.
- The rest is needed for days, and kept a little longer to answer what happened.
"""
FIXED: frozenset[RecordType] = frozenset({"sign_in_failure", "spent_alias", "transfer"})
"""Their times belong to the function that they serve; a clinic does not change them."""
AGEING: tuple[RecordType, ...] = (
    "inquiry", "consent", "disclosure", "access_audit", "mail", "identity_code", "known_browser", "sign_in",
    "invitation", "link", "liveness", "spent_alias",
)  # fmt: skip
"""What goes row by row when its time is over."""


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """A client whom no program has any more."""

    person: str
    last_service: date
    """The last day in a program or on a roster, whichever is later."""
    born: date | None = None
    state: str | None = None


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """A hold: nothing about the person is erased until it is released."""

    id: str
    person: str
    reason: str
    held_at: datetime
    held_by: str
    released_at: datetime | None = None
    released_by: str | None = None


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A client who is listed to be erased."""

    person: str
    due_on: date
    listed_on: date
    postponed_until: date | None = None
    held: bool = False

    @property
    def erased_on(self) -> date:
        """The first day on which they are erased, unless they are held."""
        return max(self.due_on, self.listed_on + NOTICE, self.postponed_until or self.due_on)


def rule_of(record: RecordType, on: date, state: str | None = None) -> Rule:
    """The shipped rule that holds on a day: the state's own, if there is one, else everybody's."""
    holding = [rule for rule in SHIPPED if rule.record == record and rule.from_on <= on and rule.state in (None, state)]
    return max(holding, key=lambda rule: (rule.state is not None, rule.from_on))


def kept(record: RecordType, on: date, longer: Mapping[str, int], state: str | None = None) -> Rule:
    """The rule with the clinic's own time, where that is longer."""
    rule = rule_of(record, on, state)
    if rule.keep is None:
        return rule
    return msgspec.structs.replace(rule, keep=max(rule.keep, longer.get(record, 0)))


def before(record: RecordType, now: datetime, longer: Mapping[str, int]) -> datetime:
    """What has its time running since before this moment is due."""
    rule = kept(record, now.date(), longer)
    assert rule.keep is not None, record  # noqa: S101
    if rule.unit == "days":
        return now - timedelta(days=rule.keep)
    return now.replace(year=now.year - rule.keep, day=min(now.day, 28) if now.month == 2 else now.day)


def due_on(served: Served, on: date, longer: Mapping[str, int]) -> date:
    """The first day on which a client may be erased."""
    general, own = kept("client", on, longer), kept("client", on, longer, served.state)
    return max(_due(served, general), _due(served, own))


def _due(served: Served, rule: Rule) -> date:
    assert rule.keep is not None and rule.minors_until is not None  # noqa: S101
    due = _years_after(served.last_service, rule.keep)
    if served.born is None or served.last_service >= _years_after(served.born, OF_AGE):
        return due
    return max(due, _years_after(served.born, max(rule.minors_until, OF_AGE + rule.keep)))


def _years_after(day: date, years: int) -> date:
    """That many years later; from 29 February, 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def check_keep(record: RecordType, keep: int, on: date) -> None:
    """Refuse a time that is shorter than what ships, or that nobody means.

    Raises:
        InvalidInput: with the path `$.keep`.
    """
    floors = [rule for rule in SHIPPED if rule.record == record and rule.state is None and rule.from_on <= on]
    rule = max(floors, key=lambda each: each.from_on)
    if rule.keep is None:
        raise InvalidInput("This is kept for ever. Nothing can be set here.", "$.keep")
    if record in FIXED:
        raise InvalidInput("This time is fixed. Choose another kind of record.", "$.keep")
    if keep < rule.keep:
        raise InvalidInput(f"This is shorter than {rule.keep} {rule.unit}. Give {rule.keep} or more.", "$.keep")
    if keep > LONGEST[rule.unit]:
        most = LONGEST[rule.unit]
        raise InvalidInput(f"This is longer than {most} {rule.unit}. Give {most} or less.", "$.keep")


def check_postponed(until: date, today: date) -> None:
    """Refuse a postponement into the past, or for longer than ten years.

    Raises:
        InvalidInput: with the path `$.until`.
    """
    if until <= today:
        raise InvalidInput("This day is not in the future. Give a day to come.", "$.until")
    if until > today + LONGEST_POSTPONEMENT:
        raise InvalidInput("This is more than ten years away. Give an earlier day, or put a hold on them.", "$.until")
