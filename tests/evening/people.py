"""What people do at their screens, by the names that everybody reads and hears there."""

import os
import signal
from pathlib import Path
from typing import Any, Self

import msgspec
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

FLAGS = [
    "--no-sandbox",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream=fps=10",
    "--mute-audio",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
AUDIO_SLOTS = 3
"""Voices that reach a person at once."""
WAIT = 30_000
"""Milliseconds; a loaded machine is slow, and a wait that is over early costs nothing."""

_MOMENTS = """
window.moments = [];
window.violations = [];
const blocked = (event) => violations.push(event.violatedDirective + " " + event.blockedURI);
addEventListener("securitypolicyviolation", blocked);
const look = () => {
  const title = document.querySelector("h1")?.textContent ?? "";
  if (moments.at(-1)?.title !== title) moments.push({ title, at: Date.now() });
};
addEventListener("DOMContentLoaded", () => {
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
  look();
});
"""
"""The browser's own clock at each change of the page's heading."""


class Moment(msgspec.Struct):
    """A heading, and when it appeared: milliseconds since the epoch, by the browser's clock."""

    title: str
    at: float


class Somebody:
    """A person at a screen of their own."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        """What the browser logged as an error."""
        page.on("console", lambda logged: self.errors.append(logged.text) if logged.type == "error" else None)

    @classmethod
    async def at_a_screen(
        cls,
        browser: Browser,
        width: int = 1000,
        *,
        one_origin: bool = True,
        fakes: bool = False,
        locale: str = "en-US",
    ) -> Self:
        """Without one origin, the page's policy does not hold: it names no node beside the first.

        A browser that has `fakes` for devices is asked for no permission, and was told at its start to move little.
        """
        asked: dict[str, Any] = {} if fakes else {"permissions": ["camera", "microphone"], "reduced_motion": "reduce"}
        size = {"width": width, "height": 720}
        context = await browser.new_context(viewport=size, bypass_csp=not one_origin, locale=locale, **asked)
        context.set_default_timeout(WAIT)
        page = await context.new_page()
        await page.add_init_script(_MOMENTS)
        return cls(page)

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    async def press(self, name: str) -> None:
        await self.button(name).click()

    async def confirm(self, first: str, then: str) -> None:
        """Press a button that asks back, and answer."""
        await self.press(first)
        await self.page.get_by_role("dialog").get_by_role("button", name=then, exact=True).click()

    async def sees(self, title: str) -> None:
        """The page's heading says so."""
        await expect(self.page.get_by_role("heading", level=1)).to_have_text(title, timeout=WAIT)

    async def moments(self) -> list[Moment]:
        return msgspec.convert(await self.page.evaluate("moments"), list[Moment])

    async def arrived_at(self, title: str) -> float:
        """When the heading last began to say so, in whole seconds by the browser's clock, cut."""
        return [moment.at for moment in await self.moments() if moment.title == title][-1] // 1000

    async def receives(self) -> dict[str, dict[str, Any]]:
        """What arrives from each connection: frames decoded and the energy of the sound."""
        report = await self.page.evaluate("vesperStatistics()")
        inbound: dict[str, dict[str, Any]] = {}
        for row in report["inbound"]:
            counter = "framesDecoded" if row["kind"] == "video" else "totalAudioEnergy"
            inbound.setdefault(row["connection"], {})[row["kind"]] = row[counter]
        return inbound

    async def sees_and_hears(self, others: int) -> bool:
        """True once every one of so many connections has been seen, and as many heard as may speak at once."""
        inbound = await self.receives()
        seen = [one for one in inbound.values() if one.get("video", 0) > 5]
        heard = [one for one in inbound.values() if one.get("audio", 0) > 0]
        return len(seen) >= others and len(heard) >= min(others, AUDIO_SLOTS)

    async def close(self) -> None:
        assert await self.page.evaluate("violations") == [], "the strict policy blocks nothing the app needs"
        await self.context.close()


class Client(Somebody):
    """Comes by a personal link."""

    async def open_link(self, url: str) -> None:
        await self.page.goto(url)

    async def enter_lobby(self) -> None:
        await self.press("Enter the lobby")
        await self.sees("You are in the lobby")

    async def turn_on(self) -> None:
        """Who comes straight into the room is neither seen nor heard before they say so."""
        await self.press("Turn on my microphone and camera")

    async def leave(self) -> None:
        await self.confirm("Leave", "Leave")
        await self.sees("You have left the session")


class Facilitator(Somebody):
    """Runs the room."""

    async def sign_in(self, origin: str, email: str, password: str) -> None:
        await self.page.goto(origin)
        await self.page.get_by_label("E-mail").fill(email)
        await self.page.get_by_label("Password", exact=True).fill(password)
        await self.press("Sign in")
        await self.sees("Today's sessions")

    async def open_room(self, session: str) -> None:
        await self.page.locator(f'a[href="/session/{session}"]').click()
        await self.press("Enter the room")

    def row_of(self, name: str) -> Locator:
        """A client's row on the live board."""
        return self.page.get_by_role("list", name="Attendance so far").get_by_role("listitem").filter(has_text=name)

    async def write_note(self, text: str) -> None:
        await self.page.get_by_role("tab", name="Note").click()
        await self.page.get_by_role("textbox", name="Note").press_sequentially(text, delay=5)
        await expect(self.page.get_by_role("status").filter(has_text="Saved")).to_be_visible()


def freeze(marker: str) -> None:
    """Stop every process of the browser that was started with this flag, as a laptop's closed lid does."""
    for process in _family(marker):
        os.kill(process, signal.SIGSTOP)


def thaw(marker: str) -> None:
    """Let it go on, so that it can be closed."""
    for process in _family(marker):
        os.kill(process, signal.SIGCONT)


def _family(marker: str) -> list[int]:
    parents = {int(stat.parent.name): _parent(stat) for stat in Path("/proc").glob("[0-9]*/stat")}
    family = [process for process in parents if marker in _command(process)]
    for process in family:
        family.extend(child for child, parent in parents.items() if parent == process and child not in family)
    return family


def _parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
