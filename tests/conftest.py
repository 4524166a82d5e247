"""The suite's options: `--update-golden` writes the golden files anew, `--update-floors` raises
the floors of the scores; either fails the run that wrote something."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write tests/golden/*/*/expected.json anew where it differs, and fail those tests",
    )
    parser.addoption(
        "--update-floors",
        action="store_true",
        help="raise the floors in tests/scores/floors.json to the scores, and fail those tests",
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def update_floors(request: pytest.FixtureRequest) -> bool:
    """Whether floors are to be raised."""
    return bool(request.config.getoption("--update-floors"))
