"""The soak chooses the moments of its kills by fresh seeds; otherwise they are the same each time."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fault-seed", type=int, default=None, help="decides at which moments processes are killed")


@pytest.fixture
def fault_seed(request: pytest.FixtureRequest) -> int:
    return request.config.getoption("--fault-seed", default=None) or 1
