# SPDX-License-Identifier: MPL-2.0
import pytest

from clientcfg.advise.tls_versions import common_version
from clientcfg.model.answer import Answer
from clientcfg.model.report import Tls

ONLY_13 = {"1.0": False, "1.1": False, "1.2": False, "1.3": True}
FROM_12 = {"1.0": False, "1.1": False, "1.2": True, "1.3": True}


@pytest.mark.parametrize(
    ("most", "negotiated", "takes", "answer"),
    [
        pytest.param("1.3", "1.3", None, "yes", id="the same"),
        pytest.param("1.3", "1.2", None, "yes", id="who speaks 1.3 speaks 1.2"),
        pytest.param("1.2", "1.2", None, "yes", id="the same, one older"),
        pytest.param("1.2", "1.3", None, "unknown", id="1.2 was not asked for"),
        pytest.param("1.2", "1.3", {"1.2": None}, "unknown", id="nobody asked"),
        pytest.param("1.2", "1.3", FROM_12, "yes", id="1.2 was taken"),
        pytest.param("1.2", "1.3", {"1.2": False}, "unknown", id="1.1 was not asked for"),
        pytest.param("1.2", "1.3", ONLY_13, "no", id="1.3 alone"),
        pytest.param("1.0", "1.3", FROM_12, "no", id="too old"),
        pytest.param("1.1", "1.0", None, "yes", id="of one time"),
        pytest.param("1.3", "1.0", None, "unknown", id="today's may refuse 1.0"),
        pytest.param("1.2", "1.1", None, "unknown", id="today's may refuse 1.1"),
        pytest.param("ssl3", "1.2", None, "unknown", id="SSL 3 was not asked for"),
        pytest.param("ssl3", "1.3", FROM_12, "no", id="no SSL 3 without TLS 1.0"),
        pytest.param("none", "1.0", None, "no", id="no TLS at all"),
        pytest.param("os", "1.2", FROM_12, "unknown", id="the system's"),
        pytest.param("lib", "1.2", FROM_12, "unknown", id="the library's"),
        pytest.param("unknown", "1.2", FROM_12, "unknown", id="not known"),
        pytest.param("1.3", "?", None, "unknown", id="what was negotiated is not known"),
    ],
)
def test_a_version_in_common(
    most: str, negotiated: str, takes: dict[str, bool | None] | None, answer: str
) -> None:
    versions = None if takes is None else tuple(takes.items())
    tls = Tls(negotiated, "x", trusted=True, certificate=None, versions=versions)
    assert common_version(most, tls) is Answer(answer)
