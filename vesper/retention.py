"""The command line over what the retention worker would do."""

from collections.abc import Callable, Mapping

from runtime.settings import DatabaseSettings, read
from vesper.answers import AsJson


def command(environ: Callable[[], Mapping[str, str]]) -> Callable[..., None]:
    """The command `vesper retention`; `environ` reads the environment."""

    def retention(as_json: AsJson = False) -> None:
        """Print what the retention worker would list and erase now, and erase nothing. Needs DATABASE_URL.

        For each clinic it prints the ids of clients who would be listed or erased, those who are held, and how many of
        each kind of record are past their time. The worker does it by itself, every hour.
        """
        from vesper.retention_plan import show

        show(read(DatabaseSettings, environ()), as_json)

    return retention
