"""`vesper seed`: the demo clinic."""

import asyncio

from runtime.clock import now
from runtime.settings import SeedSettings
from server.demo.seed import DemoClinic, seed
from store.database import Database
from vesper.answers import print_answer


def seed_and_show(settings: SeedSettings, as_json: bool) -> None:
    """Create the demo clinic or renew its secrets, and print them."""

    async def run() -> DemoClinic:
        async with Database.open(settings.database_url) as database:
            return await seed(database, settings, now())

    demo = asyncio.run(run())
    lines = [f"facilitator  {demo.email}  {demo.password}"]
    lines += [f"{link.name}  {link.url}" for link in demo.links]
    lines += [f"API token  {demo.api_token}"]
    print_answer(as_json, demo, "\n".join(lines))
