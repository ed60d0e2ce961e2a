"""What a command prints when it is done: a sentence for people, or JSON for programs."""

import msgspec


def tell(as_json: bool, answer: object, sentence: str) -> None:
    """Print `answer` as one line of JSON when asked to, and else `sentence`."""
    print(msgspec.json.encode(answer).decode() if as_json else sentence)
