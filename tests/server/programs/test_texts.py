"""What a program says to clients: every version is kept, with its digest, its author and its time."""

import hashlib
from typing import Any

import pytest

from tests.server.conftest import Browser, House


def welcome(after: int, text: str) -> dict[str, Any]:
    return {"kind": "welcome", "after": after, "text": text}


async def test_every_version_of_a_text_is_kept(administrator: Browser, facilitator: Browser, house: House) -> None:
    path = f"/api/programs/{house.program}/texts"
    made = await administrator.post(path, welcome(0, "Welcome.\nWe are glad you are here."))
    digest = hashlib.sha256(b"Welcome.\nWe are glad you are here.").hexdigest()
    assert (made.status, made.body["version"], made.body["digest"]) == (201, 1, digest)
    await administrator.post(path, welcome(1, "Welcome!"))
    await administrator.post(path, {**welcome(0, "What is said here stays here."), "kind": "rules"})
    listed = (await facilitator.get(path)).body["items"]
    assert [(text["kind"], text["version"], text["by"]) for text in listed] == [
        ("welcome", 2, "administrator"), ("welcome", 1, "administrator"), ("rules", 1, "administrator"),
    ]  # fmt: skip


async def test_of_two_editors_the_second_loses_nothing_and_overwrites_nothing(
    administrator: Browser, house: House
) -> None:
    path = f"/api/programs/{house.program}/texts"
    await administrator.post(path, welcome(0, "Hello."))
    answer = await administrator.post(path, welcome(0, "Good evening."))
    assert (answer.status, answer.code) == (409, "conflict")
    assert len((await administrator.get(path)).body["items"]) == 1


@pytest.mark.parametrize("wrong", [{"text": " \n "}, {"text": "a\x00b"}, {"text": "x" * 20_001}, {"text": "Hello."}])
async def test_a_text_that_says_nothing_new_is_refused(
    administrator: Browser, house: House, wrong: dict[str, str]
) -> None:
    path = f"/api/programs/{house.program}/texts"
    await administrator.post(path, welcome(0, "Hello."))
    answer = await administrator.post(path, welcome(1, "") | wrong)
    assert (answer.status, answer.body["path"]) == (422, "$.text")


async def test_another_clinics_texts_are_not_found(administrator: Browser, elsewhere: House) -> None:
    path = f"/api/programs/{elsewhere.program}/texts"
    assert (await administrator.get(path)).code == "not_found"
    assert (await administrator.post(path, welcome(0, "Hello."))).code == "not_found"
