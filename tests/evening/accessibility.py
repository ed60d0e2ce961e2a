"""What axe-core finds wrong with a page, and what of it lies beyond the screen (WCAG 2.2, levels A and AA)."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import Page

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
_CUT_OFF = """
[...document.querySelectorAll("a, button, input, select, textarea")]
  .filter((each) => each.checkVisibility())
  .map((each) => ({ name: each.innerText || each.id, box: each.getBoundingClientRect() }))
  .filter(({ box }) => box.width > 1 && (box.left < 0 || box.right > innerWidth))
  .map(({ name }) => name)
"""
_RUN = "async ([rules, within]) => (await axe.run(within ?? document, { runOnly: rules })).violations"
"""What is in order, thousands of elements, stays in the browser: to carry it here takes longer than to find it."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


async def barriers(page: Page, within: str | None = None) -> list[str]:
    """Each broken rule with the elements that break it, on the page or in one part of it; empty when there is none.

    The library is evaluated and not added as a script, which the page's strict policy would refuse.
    """
    await page.evaluate(_axe())
    found: list[dict[str, Any]] = await page.evaluate(_RUN, [RULES, within])
    broken = [f"{rule['id']}: {[node['html'] for node in rule['nodes']]}" for rule in found]
    width, room = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    cut = [f"cut off at the side: {name}" for name in await page.evaluate(_CUT_OFF)]
    return broken + cut + ([f"{width} px wide, on a screen of {room}"] if width > room else [])


@cache
def _axe() -> str:
    return AXE.read_text()
