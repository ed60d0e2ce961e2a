"""The answer that a command prints: a sentence for people, or JSON for programs."""

from typing import Annotated

import msgspec
import typer

AsJson = Annotated[bool, typer.Option("--json", help="Answer with JSON, for programs.")]


def print_answer(as_json: bool, answer: object, sentence: str) -> None:
    """Print `answer` as one line of JSON if `as_json`, else `sentence`."""
    print(msgspec.json.encode(answer).decode() if as_json else sentence)
