"""One's own account at the provider: linked from a signed-in page, and unlinked again."""

from collections.abc import Callable

from tests.server.conftest import Browser, Clock
from tests.server.single_sign_on.conftest import Staff

Newly = Callable[..., Staff]


async def test_she_sees_whether_her_account_is_linked(dana: Staff, supervisor: Browser, visitor: Browser) -> None:
    own = (await dana.browser.get("/api/me/provider")).body
    assert (own["label"], own["has_password"]) == ("Riverbend account", True) and own["linked"]
    assert (await supervisor.get("/api/me/provider")).body["linked"] is None
    assert (await visitor.get("/api/me/provider")).code == "not_signed_in"


async def test_a_clinic_without_a_provider_links_nothing(facilitator: Browser) -> None:
    assert (await facilitator.get("/api/me/provider")).body["label"] is None
    assert (await facilitator.post("/api/me/provider/link")).code == "not_found"
    assert (await facilitator.post("/api/me/provider/confirmation")).code == "not_found"


async def test_an_account_is_linked_with_one_person_and_a_person_with_one_account(
    dana: Staff, supervisor: Browser, newly: Newly
) -> None:
    colleague = Staff(supervisor, "dana")
    assert (await colleague.goes("/api/me/provider/link")).code == "conflict"
    assert (await supervisor.get("/api/me/provider")).body["linked"] is None
    assert (await dana.browser.post("/api/me/provider/link")).code == "conflict"


async def test_linking_asks_who_this_is_here_and_there(dana: Staff, supervisor: Browser, clock: Clock) -> None:
    clock.advance(minutes=6)
    assert (await supervisor.post("/api/me/provider/link")).code == "confirmation_wanted"
    assert (await dana.browser.ask("DELETE", "/api/me/provider")).code == "confirmation_wanted"


async def test_an_unlinked_account_signs_nobody_in(dana: Staff, newly: Newly, clinic: str) -> None:
    assert (await dana.browser.ask("DELETE", "/api/me/provider")).status == 204
    assert (await newly().signs_in(clinic)).code == "not_linked"
    assert (await dana.browser.ask("DELETE", "/api/me/provider")).code == "not_found"


async def test_whose_account_is_the_only_way_in_keeps_it(noor: Staff) -> None:
    assert not (await noor.browser.get("/api/me/provider")).body["has_password"]
    assert (await noor.browser.ask("DELETE", "/api/me/provider")).code == "conflict"


async def test_the_providers_factor_counts_for_dangerous_acts_only_if_it_was_given(dana: Staff, newly: Newly) -> None:
    """New recovery codes ask for a fresh second factor."""
    clinic = (await dana.browser.get("/api/me")).body["clinic"]
    with_factor, without = newly(factor="mfa"), newly()
    assert (await with_factor.signs_in(clinic)).status == 200
    assert (await without.signs_in(clinic)).status == 200
    assert (await with_factor.browser.post("/api/me/recovery-codes")).status == 201
    assert (await without.browser.post("/api/me/recovery-codes")).code == "factor_missing"
