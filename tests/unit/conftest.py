# SPDX-License-Identifier: MPL-2.0
"""The tests' own small internet."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.net import Net, small_net


@pytest.fixture
async def net(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Net]:
    async with small_net(tmp_path, monkeypatch) as made:
        yield made
