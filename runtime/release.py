"""Which release of Vesper this is."""

from functools import cache
from importlib.metadata import version


@cache
def name() -> str:
    """Its version, as in `0.1.0`."""
    return version("vesper")
