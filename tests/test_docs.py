"""The docs name what exists: each link has a target, each path exists, each picture matches its text."""

import hashlib
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
PAGES = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")])
PAGES = [page for page in PAGES if "node_modules" not in page.parts]
PICTURES = PROJECT / "docs" / "pictures"
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)")
PATH = re.compile(
    r"`((?:domain|store|runtime|server|signaling|workers|bots|bench|vesper|web|tests|docs|deploy)/[\w./-]+)`"
)
BUILT = {"web/dist", "web/dist/index.html"}
INVENTED = {"hands", "test_hands"}
"""Names of files that the walk of docs/contributing.md adds; their folders exist."""


def name(page: Path) -> str:
    """The name of a page in failures."""
    return str(page.relative_to(PROJECT))


def anchors(page: Path) -> set[str]:
    """The anchors of a page, as hosts of repositories derive them from headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_each_link_has_a_target(page: Path) -> None:
    for target, anchor in LINK.findall(page.read_text()):
        leads_to = page.parent / target if target else page
        assert leads_to.exists(), f"{target} is not there"
        if anchor:
            assert anchor in anchors(leads_to), f"{target}#{anchor} is not there"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_each_path_exists(page: Path) -> None:
    named = set(PATH.findall(page.read_text())) - BUILT
    assert [path for path in sorted(named) if not there(PROJECT / path)] == []


def there(path: Path) -> bool:
    """Whether it exists, or is an invented file in an existing folder."""
    return path.exists() or (path.stem in INVENTED and path.parent.is_dir())


def test_the_index_leads_to_every_page() -> None:
    index = (PROJECT / "docs" / "README.md").read_text()
    pages = {page.name for page in (PROJECT / "docs").glob("*.md")} - {"README.md"}
    assert [page for page in sorted(pages) if f"({page}" not in index] == []


def test_each_decision_has_a_number_of_its_own() -> None:
    numbers = [page.name.partition("-")[0] for page in sorted((PROJECT / "docs" / "decisions").glob("*.md"))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("source", sorted(PICTURES.glob("*.dot")), ids=name)
def test_each_picture_matches_its_text(source: Path) -> None:
    digest = hashlib.sha256(source.read_bytes() + (PICTURES / "draw.mjs").read_bytes()).hexdigest()
    drawn = source.with_suffix(".svg").read_text()
    assert f'data-source="{digest}"' in drawn, "run `make pictures` and commit its output"


@pytest.mark.parametrize("picture", sorted(PICTURES.glob("*.svg")), ids=name)
def test_each_picture_has_a_description_and_both_themes(picture: Path) -> None:
    drawn = picture.read_text()
    assert re.search(r'role="img"\s+aria-labelledby="title description"', drawn)
    assert re.search(r'<title id="title">.{10,}</title>', drawn)
    assert re.search(r'<desc id="description">.{80,}</desc>', drawn)
    style, drawing = drawn.split("</style>")
    assert "prefers-color-scheme: dark" in style
    assert not re.search(r'(fill|stroke)="|https?://', drawing), "a fixed colour would not follow the theme"
