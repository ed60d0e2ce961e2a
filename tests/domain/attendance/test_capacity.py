"""Group size: a limit on distinct clients holds everybody; a concurrent limit removes only the crowded seconds."""

from domain.attendance.credit import attendance
from domain.events.schedule import RosterEntry
from domain.policy import GroupLimit, Policy
from tests.domain.timeline import session

STORY = """
09:00 dana joins as facilitator
10:00 dana leaves
09:00 pat joins
10:00 pat leaves
09:00 sam joins
09:30 sam leaves
09:20 ivy joins
10:00 ivy leaves
09:00 olga joins as observer
10:00 olga leaves
"""
LENIENT = 3600


def held(policy: Policy, **plan) -> dict[str, tuple[int, tuple[str, ...]]]:
    clients = attendance([session(STORY, "09:00", "10:00", policy, **plan)])["G"].clients
    return {person: (client.billable_s, client.holds) for person, client in clients.items()}


def test_more_clients_than_the_limit_hold_every_credited_client() -> None:
    over = ("over_capacity",)
    assert held(Policy(group_max=2, late_cutoff_s=LENIENT)) == {"ivy": (0, over), "pat": (0, over), "sam": (0, over)}


def test_exactly_the_limit_is_not_too_many() -> None:
    assert held(Policy(group_max=3, late_cutoff_s=LENIENT))["pat"] == (3600, ())


def test_clients_without_credit_are_not_held_and_do_not_count() -> None:
    over = held(Policy(group_max=1, late_cutoff_s=LENIENT), roster=(RosterEntry("zoe"),))
    assert over["zoe"] == (0, ())


def test_under_a_concurrent_limit_only_crowded_seconds_are_not_billable() -> None:
    concurrent = Policy(group_max=2, group_count="concurrent", late_cutoff_s=LENIENT)
    assert held(concurrent) == {"ivy": (1800, ()), "pat": (3000, ()), "sam": (1200, ())}


def test_a_payer_with_its_own_limit_holds_only_its_own_clients() -> None:
    policy = Policy(payer_groups={"medicaid": GroupLimit(2)}, late_cutoff_s=LENIENT)
    roster = (RosterEntry("pat", payer="medicaid"), RosterEntry("sam", payer="other"))
    assert held(policy, roster=roster) == {"ivy": (2400, ()), "pat": (0, ("over_capacity",)), "sam": (1800, ())}


def test_only_groups_have_a_limit() -> None:
    assert held(Policy(group_max=1, late_cutoff_s=LENIENT), kind="education")["pat"] == (3600, ())


def test_bridged_seconds_do_not_crowd_the_room() -> None:
    story = "09:00 dana joins as facilitator\n10:00 dana leaves\n09:00 pat joins\n10:00 pat leaves\n"
    story += "09:00 sam joins\n09:10 sam leaves\n09:12 sam joins\n09:20 sam leaves"
    clients = attendance([session(story, "09:00", "10:00", Policy(group_max=1, group_count="concurrent"))])["G"].clients
    assert (clients["sam"].credited_s, clients["sam"].billable_s) == (1200, 120)
    assert clients["pat"].billable_s == 3600 - 1080


def test_a_payer_may_limit_concurrent_clients_while_others_limit_distinct_ones() -> None:
    chairs = {"medicaid": GroupLimit(2, "concurrent"), "generous": GroupLimit()}
    policy = Policy(group_max=2, payer_groups=chairs, late_cutoff_s=LENIENT)
    roster = (RosterEntry("pat", payer="medicaid"), RosterEntry("sam", payer="generous"))
    assert held(policy, roster=roster) == {"ivy": (0, ("over_capacity",)), "pat": (3000, ()), "sam": (1800, ())}
