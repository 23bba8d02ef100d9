# SPDX-License-Identifier: MPL-2.0
"""What must not be read as a configuration: refused at once, with one reason, never raised."""

import gzip
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.discover.autoconfig_xml import read_autoconfig
from clientcfg.discover.careful_xml import LARGEST
from tests.support.autoconfig_files import IMAP, SMTP, config

GOOD = config(IMAP, SMTP)
ROOT = GOOD.partition(b"?>")[2]


def reason(data: bytes) -> str | None:
    began = time.process_time()
    reading = read_autoconfig(data, "ada", "ample.example", "test")
    assert time.process_time() - began < 1
    assert (reading.reason is None) == bool(reading.offers)
    return reading.reason


def with_dtd(dtd: str) -> bytes:
    return f'<?xml version="1.0"?><!DOCTYPE clientConfig {dtd}>'.encode() + ROOT


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(10))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(with_dtd(""), id="a bare document type"),
        pytest.param(with_dtd(f"[{LAUGHS}]"), id="billion laughs"),
        pytest.param(with_dtd(f'[<!ENTITY a "{"a" * 100_000}">]'), id="quadratic blow-up"),
        pytest.param(with_dtd('[<!ENTITY x SYSTEM "file:///etc/passwd">]'), id="a local file"),
        pytest.param(with_dtd('SYSTEM "https://ample.example/x.dtd"'), id="a DTD elsewhere"),
        pytest.param(
            with_dtd('[<!ENTITY % p SYSTEM "https://ample.example/"> %p;]'), id="a parameter"
        ),
        pytest.param("<!DOCTYPE clientConfig>".encode("utf-16") + ROOT, id="in UTF-16"),
    ],
)
def test_no_document_type(data: bytes) -> None:
    assert reason(data) == "it has a document type (DTD), which is refused"


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><html><body>Not found</body></html>",
        b"<!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>",
        b"<html><head/></html>",
        b"\xef\xbb\xbf\r\n<!-- a --><!-- b -->\n<HTML lang='en'>",
        b'<?xml version="1.0"?>\n<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"/>',
    ],
)
def test_a_web_page(data: bytes) -> None:
    assert reason(data) == "it is a web page"


@pytest.mark.parametrize("data", [b"", b" \r\n", gzip.compress(b"", mtime=0)])
def test_nothing(data: bytes) -> None:
    assert reason(data) == "it is empty"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(GOOD + b" " * 5_000_000, id="5 MB"),
        pytest.param(gzip.compress(GOOD + b" " * 50_000_000, mtime=0), id="50 MB in a gzip"),
        pytest.param(b"<" * (LARGEST + 1), id="one byte more"),
    ],
)
def test_too_large(data: bytes) -> None:
    assert reason(data) == "it is larger than 256 KiB"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'{"schema": 1}', "it is not well-formed XML (line 1, column 1)"),
        (GOOD[:-10], "it is not well-formed XML"),
        (GOOD.replace(b"993", b"993&nbsp;"), "it is not well-formed XML"),
        (b"\x89PNG\r\n\x1a\n", "it is not well-formed XML"),
        (b"\x1f\x8b\x08rest", "it is compressed, and broken"),
        (b"<?xml version='1.0' encoding='x-none'?>" + ROOT, "it is in an encoding that cannot"),
        (b"<?xml version='1.0' encoding='utf-7'?>" + ROOT, "it is in an encoding that cannot"),
        (b"<Autodiscover/>", "it is not an autoconfig file: it begins with <Autodiscover>"),
        (b"<clientConfig/>", "it describes no e-mail provider"),
        (b"<clientConfig><emailProvider/></clientConfig>", "it names no IMAP, POP3 or SMTP"),
    ],
)  # fmt: skip
def test_of_another_kind(data: bytes, why: str) -> None:
    found = reason(data)
    assert found is not None
    assert found.startswith(why)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<a>" * 80_000 + b"</a>" * 1_000, id="open"),
        pytest.param(b"<a>" * 37_000 + b"</a>" * 37_000, id="closed"),
        pytest.param(b"<clientConfig><emailProvider>" + b"<a>" * 37_000, id="inside"),
        pytest.param(b"<!---->" * 36_000 + b"<a/>", id="comments"),
        pytest.param(b"<!--" * 60_000, id="comments that never end"),
        pytest.param(b"<a " + b" ".join(b"a%d='x'" % i for i in range(20_000)) + b"/>", id="wide"),
    ],
)
def test_deep_and_wide_is_refused_soon(data: bytes) -> None:
    assert reason(data) is not None


def test_what_it_names_is_safe_to_print() -> None:
    found = reason(b"<a\xc2\x9bb/>") or ""
    assert found.isprintable()
    long = reason(b"<" + b"a" * 1000 + b"/>") or ""
    assert len(long) < 120


def test_a_value_with_a_line_end_becomes_no_user_name() -> None:
    data = config(IMAP.replace("%EMAILADDRESS%", "a&#10;b"))
    offers = read_autoconfig(data, "ada", "ample.example", "test").offers
    assert [o.username for o in offers] == [None]


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    reason(data)
    reason(b"\x1f\x8b" + data)
    reason(b'<?xml version="1.0"?><clientConfig>' + data)


@given(st.data())
def test_no_damaged_file_raises(draws: st.DataObject) -> None:
    data = bytearray(GOOD)
    for _ in range(draws.draw(st.integers(1, 4))):
        at = draws.draw(st.integers(0, len(data) - 1))
        data[at : at + draws.draw(st.integers(0, 40))] = draws.draw(st.binary(max_size=10))
    reason(bytes(data))


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_in_an_element_raises(host: str, username: str) -> None:
    for text, element in ((host, "imap.ample.example"), (username, "%EMAILADDRESS%")):
        reason(GOOD.replace(element.encode(), text.encode(errors="replace")))
