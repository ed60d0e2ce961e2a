"""A member's id in one session reveals nothing about them elsewhere."""

from domain.room.members import member_id

KEY = b"k" * 32
PAT, SAM = "0198f2c4-0000-7000-8000-00000000000a", "0198f2c4-0000-7000-8000-00000000000b"


def test_a_person_has_one_id_in_a_session_and_another_in_each_other() -> None:
    tonight = member_id(KEY, "tuesday", PAT)
    assert tonight == member_id(KEY, "tuesday", PAT)
    assert len({tonight, member_id(KEY, "thursday", PAT), member_id(KEY, "tuesday", SAM)}) == 3


def test_without_the_key_the_id_cannot_be_computed() -> None:
    assert member_id(KEY, "tuesday", PAT) != member_id(b"j" * 32, "tuesday", PAT)


def test_a_member_id_is_the_same_on_nodes_of_every_release() -> None:
    assert member_id(KEY, "tuesday", PAT) == "mmRr33nJ46i4nIqz"
