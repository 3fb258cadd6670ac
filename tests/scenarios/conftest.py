"""What the scenario tests share."""

import pytest

from tests.scenarios.files import TINY, Files


@pytest.fixture(scope="session")
def tiny() -> Files:
    """The tiny scenario."""
    return TINY
