"""docs/roles.md says what the table of roles says."""

from domain.people.roles import MAY, PERMISSIONS
from vesper.roles_page import PAGE, page


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text() == page(), "the table of roles has changed: run `python -m vesper.roles_page`"


def test_the_page_has_a_mark_for_each_permission_of_each_role() -> None:
    assert page().count("●") == sum(map(len, MAY.values()))
    assert all(f"`{permission}`" in page() for permission in PERMISSIONS)
