"""One session as the oracle sees it: steps 1 to 7, one second at a time."""

from datetime import datetime
from fractions import Fraction
from math import floor
from zoneinfo import ZoneInfo

from tests.domain.oracle import outcome as oracle_outcome
from tests.domain.oracle import rooms as oracle_rooms
from tests.domain.oracle.seconds import cut, filled, seconds

OF_NO_EPOCH = ("session.cancelled", "session.reinstated", "absence.excused", "absence.unexcused")
"""Facts that the server records, whichever node holds the room."""


class Evening:
    """One session's steps 1 to 7."""

    def __init__(self, session: dict, rules: dict, now: int | None) -> None:
        self.session, self.rules, self.now = session, rules, now
        self.events = self.in_order([e for e in session["events"] if now is None or cut(e["at"]) <= now])
        self.start, self.scheduled_end = cut(session["start"]), cut(session["end"])
        self.end = self.window_end()
        self.window = set(range(self.start, self.end))
        self.breaks = self.taken_out() & self.window
        self.names, self.lives = {}, {}
        for event in self.events:
            if event["type"] == "connection.opened":
                self.names.setdefault(event["connection"], event)
            if "connection" in event:
                self.lives.setdefault(event["connection"], []).append(event)
        self.seconds_of = {connection: self.find_seconds(connection) for connection in self.names}
        roster = [{"person": each} if isinstance(each, str) else each for each in session.get("roster", [])]
        people = [(each["person"], each.get("role", "client")) for each in roster]
        people += [(event["person"], event["role"]) for event in self.names.values()]
        self.payers = {each["person"]: each.get("payer") for each in roster if each.get("role", "client") == "client"}
        self.clients = {person for person, role in people if role == "client"}
        self.facilitators = {person for person, role in people if role in rules["qualified_roles"]}
        self.known = {person for person, _ in people}
        self.facilitated = self.somebody_qualified()
        self.connected = {p: self.person_seconds(p, ("client",)) for p in self.clients}
        self.through = {p: self.steps_two_to_four(p, ("client",), rules["bridge_credit"]) for p in self.clients}
        self.bridged = {p: self.bridged_client(p) for p in self.clients}
        self.alone = {p: self.without_company(p) for p in self.clients}
        self.proven = {p: self.credit(p) for p in self.clients}
        self.earned = {p: oracle_outcome.earned(self, p) for p in self.clients}
        self.credited = {person: set(earned) for person, earned in self.earned.items()}
        self.elsewhere = {person: set() for person in self.earned}

    @staticmethod
    def in_order(events: list) -> list:
        seen, kept = set(), []
        for event in sorted(events, key=lambda e: (cut(e["at"]), e["seq"], e.get("id") or str(e["seq"]))):
            identity = event.get("id") or str(event["seq"])
            if identity not in seen:
                seen.add(identity)
                kept.append(event)
        return [event for event in kept if event["type"] in OF_NO_EPOCH or oracle_rooms.in_its_epoch(event, kept)]

    def window_end(self) -> int:
        end, actual = self.scheduled_end, None
        for event in self.events:
            if event["type"] == "session.extended" and actual is None:
                end = cut(event["until"])
            if event["type"] == "session.ended" and actual is None:
                actual = cut(event["at"])
        return min(at for at in (end, actual, self.now) if at is not None)

    def taken_out(self) -> set:
        declared, on_break, began, out = False, False, 0, set()
        for event in self.events:
            if event["type"] == "break.started" and not on_break:
                declared, on_break, began = True, True, cut(event["at"])
            elif event["type"] == "break.ended" and on_break:
                on_break = False
                out |= set(range(began, cut(event["at"])))
        if on_break:
            out |= set(range(began, max(began, self.end)))
        if declared:
            return out
        return set().union(*(seconds(*each) for each in self.session["breaks"]))

    def life(self, connection: str) -> list:
        return self.lives.get(connection, [])

    def present_after(self, connection: str, t: int) -> bool:
        """Whether the connection is in the room after all facts up to and including second `t`."""
        inside = False
        for event in self.life(connection):
            if cut(event["at"]) > t:
                break
            if event["type"] == "connection.closed":
                return False
            if event["type"] == "connection.admitted":
                inside = True
            if event["type"] == "connection.returned":
                inside = False
        return inside

    def first_close(self, connection: str) -> dict | None:
        return next((e for e in self.life(connection) if e["type"] == "connection.closed"), None)

    def last_changing_admission(self, connection: str) -> dict | None:
        inside, last = False, None
        for event in self.life(connection):
            if event["type"] == "connection.closed":
                break
            if event["type"] == "connection.admitted" and not inside:
                inside, last = True, event
            if event["type"] == "connection.returned":
                inside = False
        return last

    def evidence(self, connection: str) -> int | None:
        """The second from which there is no evidence; None if a close is recorded that is not a loss."""
        closed = self.first_close(connection)
        admission = self.last_changing_admission(connection)
        if admission is None or (closed is not None and closed["cause"] != "lost"):
            return None
        if closed is None and self.now is not None and not oracle_rooms.let_go(admission, self.events):
            return None
        known = [cut(e["at"]) for e in self.life(connection) if e["type"] == "connection.seen"]
        if closed is not None and closed.get("last_seen"):
            known.append(cut(closed["last_seen"]))
        last = max(known) if known else cut(admission["at"])
        return last if closed is None else min(last, cut(closed["at"]))

    def find_seconds(self, connection: str) -> set:
        times = [cut(event["at"]) for event in self.events]
        evidence = self.evidence(connection)
        present = set()
        for t in range(min(times), (max(times) + 1) if self.now is None else self.now):
            if self.present_after(connection, t) and (evidence is None or t < evidence):
                present.add(t)
        return present

    def connections_of(self, person: str, roles: tuple) -> list:
        return [c for c, e in self.names.items() if e["person"] == person and e["role"] in roles]

    def person_seconds(self, person: str, roles: tuple) -> set:
        return set().union(*(self.seconds_of[c] for c in self.connections_of(person, roles)))

    def how_it_ended(self, connection: str, t: int) -> str:
        """Why a connection that is present in second `t - 1` is absent in `t`."""
        for event in self.life(connection):
            if cut(event["at"]) == t and event["type"] == "connection.returned":
                return "returned"
            if cut(event["at"]) == t and event["type"] == "connection.closed":
                return event["cause"]
        return "lost"

    def may_be_bridged(self, person: str, roles: tuple, gap: tuple) -> bool:
        begins, ends = gap
        if ends - begins > self.rules["bridge_max_s"]:
            return False
        if set(range(begins, ends)) & self.corrected(person, "add"):
            return False
        for connection in self.connections_of(person, roles):
            own = self.seconds_of[connection]
            ends_here = begins - 1 in own and begins not in own
            if ends_here and self.how_it_ended(connection, begins) not in ("left", "lost", "moved"):
                return False
        return True

    def corrected(self, person: str, op: str) -> set:
        found = set()
        for each in self.session.get("corrections", []):
            two = each.get("by") and each.get("approved_by") and each["by"] != each["approved_by"]
            if each["person"] == person and each["op"] == op and two and person in self.known:
                found |= seconds(each["from"], each["to"])
        return found

    def steps_two_to_four(self, person: str, roles: tuple, bridging: bool) -> set:
        present = self.person_seconds(person, roles)
        bridged = self.bridged_seconds(person, tuple(roles)) if bridging else set()
        return (present | bridged | self.corrected(person, "add")) - self.corrected(person, "remove")

    def bridged_gaps(self, person: str, roles: tuple) -> list:
        return [gap for gap in filled(self.person_seconds(person, roles)) if self.may_be_bridged(person, roles, gap)]

    def bridged_seconds(self, person: str, roles: tuple) -> set:
        return set().union(*(set(range(*gap)) for gap in self.bridged_gaps(person, roles)))

    def bridged_client(self, person: str) -> set:
        return self.bridged_seconds(person, ("client",)) if self.rules["bridge_credit"] else set()

    def somebody_qualified(self) -> set:
        roles = tuple(self.rules["qualified_roles"])
        return set().union(*(self.steps_two_to_four(person, roles, True) for person in self.facilitators))

    def without_company(self, person: str) -> set:
        """The seconds without a facilitator in the client's own breakout, if the policy requires one."""
        if self.rules["facilitator_in"] == "session":
            return set()
        through = self.through[person] & self.window
        return {t for t in through if not oracle_rooms.has_company(self, person, t)}

    def lobby(self, person: str) -> int | None:
        opened = [cut(self.names[c]["at"]) for c in self.connections_of(person, ("client",))]
        return min(opened) if opened else None

    def late_s(self, person: str) -> int | None:
        lobby = self.lobby(person)
        return None if lobby is None else max(0, lobby - self.start)

    def is_late(self, person: str) -> bool:
        return (self.late_s(person) or 0) > self.rules["late_cutoff_s"]

    def credit(self, person: str) -> set:
        return self.through[person] & self.window & self.facilitated - self.breaks - self.alone[person]

    def claim_to(self, person: str) -> tuple:
        lobby = self.lobby(person)
        pulled = self.session.get("pull_out", False)
        return (not pulled, lobby is None, lobby or 0, self.start, self.session["id"])

    def answer(self) -> dict:
        participants = [p for p in self.clients if self.credited[p]]
        return {
            "service_date": datetime.fromtimestamp(self.start, ZoneInfo(self.session["timezone"])).date().isoformat(),
            "net_s": len(self.window - self.breaks),
            "facilitator_gap_s": len(self.window - self.breaks - self.facilitated),
            "participant_count": len(participants),
            "clients": {p: self.client_answer(p, len(participants)) for p in sorted(self.clients)},
        }

    def client_answer(self, person: str, participants: int) -> dict:
        credited = self.credited[person]
        holds = self.holds(person, participants)
        billable = 0 if holds else len(credited - self.crowded(person))
        return {
            "connected_s": len(self.connected[person]),
            "credited_s": len(credited),
            "billable_s": billable,
            "status": self.status(person, len(credited)),
            "holds": holds,
            "late_s": self.late_s(person),
            "units": {name: units(rule, n, billable) for name, (rule, n) in self.rules["units"].items()},
        }

    def holds(self, person: str, participants: int) -> list:
        if oracle_outcome.outcome(self) in ("cancelled", "not_held"):
            return []
        late = self.is_late(person) and self.rules["late_effect"] == "credit_not_bill"
        limit = self.limit(person, "distinct")
        over = limit is not None and participants > limit and bool(self.credited[person])
        return ["late_cutoff"] * late + ["over_capacity"] * bool(over)

    def limit(self, person: str, counting: str) -> int | None:
        """The limit of the person's payer on group size, if it counts in this way."""
        own = self.rules["payer_groups"].get(self.payers.get(person), self.rules)
        return own["group_max"] if self.session["kind"] == "group" and own["group_count"] == counting else None

    def crowded(self, person: str) -> set:
        limit = self.limit(person, "concurrent")
        if limit is None:
            return set()
        return {t for t in self.window if sum(t in present for present in self.connected.values()) > limit}

    def status(self, person: str, credited_s: int) -> str | None:
        outcome = oracle_outcome.outcome(self)
        if outcome != "held":
            return outcome
        if credited_s == 0:
            return oracle_outcome.status_without_credit(self, person)
        scheduled = set(range(self.start, self.scheduled_end))
        net = len(scheduled.difference(*(seconds(*each) for each in self.session["breaks"])))
        return "present" if credited_s >= Fraction(self.rules["present_ratio"]) * net else "partial"

    def reasons(self, person: str) -> dict:
        """Each second of the window with its reason; all kinds of absence are one reason."""
        return {t: self.reason(person, t) for t in self.window}

    def reason(self, person: str, t: int) -> str:
        connected, through = self.connected[person], self.through[person]
        added, removed = self.corrected(person, "add"), self.corrected(person, "remove")
        denied = oracle_outcome.denied(self, person)
        bridged = self.bridged[person]
        applying = [
            ("cancelled", oracle_outcome.cancellation(self) is not None),
            ("break", t in self.breaks),
            ("no_facilitator", t not in self.facilitated or t in self.alone[person]),
            ("in_another_session", t in self.elsewhere[person]),
            ("denied", denied and t in connected | bridged | added),
            ("removed_by_correction", t in removed),
            ("present", t in connected),
            ("bridged", t in bridged),
            ("added_by_correction", t in added),
            ("not_here", t not in through),
        ]
        return next(reason for reason, applies in applying if applies)


def units(rule: str, n: int, billable_s: int) -> int:
    minutes, size = billable_s // 60, Fraction(n, 60)
    match rule:
        case "per_diem" | "per_session":
            return 1 if billable_s >= n else 0
        case "floor":
            return floor(minutes / size)
        case "midpoint":
            return floor((minutes + floor(size / 2)) / size)
        case _:
            return -floor(-minutes / size)
