# SPDX-License-Identifier: MPL-2.0
from collections.abc import Iterator

import pytest

from clientcfg.changes import fingerprint


@pytest.fixture(scope="module", autouse=True)
def cheap_fingerprints() -> Iterator[None]:
    """Thousands of them are made here; what they cost is tested once, elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fingerprint, "_COST", 2)
        yield
