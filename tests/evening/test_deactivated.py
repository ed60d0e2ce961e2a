"""A facilitator's access is switched off in the middle of a group: she is out at once, the group is not, and somebody
else takes over what she leaves."""

import re
import time

from playwright.async_api import Browser, expect

from tests.evening.conftest import Running
from tests.evening.people import Client, Facilitator

AT_ONCE = 5_000
"""Milliseconds in which somebody without access is out of every room."""
SHOW_TICKET = """
async ([url, ticket]) => new Promise((answered) => {
  const socket = new WebSocket(url);
  socket.onopen = () => socket.send(JSON.stringify({ type: "join", ticket }));
  socket.onmessage = ({ data }) => answered(JSON.parse(data));
})
"""


async def test_a_facilitator_loses_her_access_in_mid_session(vesper: Running, browser: Browser) -> None:
    origin, demo = vesper.origin, vesper.demo
    dana = await Facilitator.at_a_screen(browser)
    pat = await Client.at_a_screen(browser)
    lena = await Facilitator.at_a_screen(browser)
    await dana.sign_in(origin, demo["email"], demo["password"])
    await dana.open_room(demo["session"])
    await pat.open_link(demo["links"][0]["url"])
    await pat.enter_lobby()
    await dana.press("Start session")
    await dana.press(f"Admit {demo['links'][0]['name']}")
    title = await dana.page.get_by_role("heading", level=1).inner_text()
    await pat.sees(title)
    pending = await a_ticket(dana, demo["session"])
    await lena.sign_in(origin, demo["administrator_email"], demo["password"])
    await lena.page.goto(f"{origin}/staff")
    await lena.page.get_by_role("link", name="Dana Whitfield").click()
    await lena.confirm("Switch access off", "Switch access off")
    began = time.monotonic()
    await expect(dana.page.get_by_role("heading", level=1)).not_to_have_text(title, timeout=AT_ONCE)
    assert time.monotonic() - began < AT_ONCE / 1000
    assert (await dana.page.evaluate("fetch('/api/me').then(answer => answer.status)")) == 204
    refused = await pat.page.evaluate(SHOW_TICKET, [pending["url"], pending["ticket"]])
    assert refused["type"] == "refused" and "welcome" not in str(refused), refused
    await pat.sees(title)
    await hands_over_what_is_left(lena)
    for person in (dana, pat, lena):
        await person.close()


async def a_ticket(dana: Facilitator, session: str) -> dict[str, str]:
    """A ticket that nobody has shown yet."""
    ask = "path => fetch(path, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{}'})"
    ticket: dict[str, str] = await dana.page.evaluate(
        f"({ask})('/api/sessions/{session}/tickets').then(answer => answer.json())"
    )
    return ticket


async def hands_over_what_is_left(lena: Facilitator) -> None:
    page = lena.page
    left = page.get_by_role("region", name="Left to do")
    await expect(left.get_by_role("heading", name=re.compile("sessions? to lead"))).to_be_visible()
    forms = left.get_by_role("form")
    before = await forms.count()
    await forms.first.get_by_label("Colleague").select_option(label="Ruth Calloway")
    await forms.first.get_by_role("button", name="Hand over").click()
    await expect(page.get_by_text(re.compile("is handed to Ruth Calloway"))).to_be_visible()
    await expect(forms).to_have_count(before - 1)
