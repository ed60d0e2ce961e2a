"""The soak uses fresh seeds for the moments of its kills; other runs use the same seed each time."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fault-seed", type=int, default=None, help="decides at which moments processes are killed")


@pytest.fixture
def fault_seed(request: pytest.FixtureRequest) -> int:
    return request.config.getoption("--fault-seed", default=None) or 1
