# SPDX-License-Identifier: MPL-2.0
import pytest

from tests.support.fakes.identities import Identities


@pytest.fixture(scope="session")
def identities(tmp_path_factory: pytest.TempPathFactory) -> Identities:
    return Identities(tmp_path_factory.mktemp("identities"))
