# SPDX-License-Identifier: MPL-2.0
"""Asking web servers: what is followed, what is verified, what is a no and what is unknown."""

import asyncio
import gzip
import time
from datetime import timedelta

import pytest

from clientcfg.discover import web as web_module
from clientcfg.discover.place import Place
from clientcfg.discover.web import CAP, NotReached, NotThere, WantsMore
from tests.support.net import Net, moved, ok, status

HERE = "www.example.test"
ROOT = Place(HERE, "/")


async def test_a_page_is_fetched_and_nothing_tells_who_asks(net: Net) -> None:
    await net.host(HERE, {"/": ok("hello")})
    page = await net.ask().web.get(ROOT)
    assert (page.body, page.crossed, str(page.place)) == (b"hello", False, f"https://{HERE}/")
    (asked,) = net.asked
    assert asked.method == "GET"
    assert asked.headers == {
        "host": HERE,
        "user-agent": "clientcfg",
        "accept": "*/*",
        "accept-encoding": "identity",
        "connection": "close",
    }


async def test_gzip_that_nobody_asked_for_is_unpacked(net: Net) -> None:
    await net.host(HERE, {"/": ok(gzip.compress(b"hello"))})
    assert (await net.ask().web.get(ROOT)).body == b"hello"


@pytest.mark.parametrize("code", [204, 401, 403, 404, 405, 410, 201])
async def test_these_are_a_definite_no(net: Net, code: int) -> None:
    await net.host(HERE, {"/": status(code)})
    with pytest.raises(NotThere, match=str(code)):
        await net.ask().web.get(ROOT)


@pytest.mark.parametrize("code", [408, 425, 429, 500, 502, 503])
async def test_these_leave_it_unknown(net: Net, code: int) -> None:
    await net.host(HERE, {"/": status(code)})
    with pytest.raises(NotReached, match=str(code)):
        await net.ask().web.get(ROOT)


async def test_400_wants_to_know_more(net: Net) -> None:
    await net.host(HERE, {"/": status(400)})
    with pytest.raises(WantsMore):
        await net.ask().web.get(ROOT)


async def test_a_name_that_does_not_exist_is_a_no(net: Net) -> None:
    with pytest.raises(NotThere, match="no such host"):
        await net.ask().web.get(ROOT)


async def test_a_port_where_nobody_listens_is_a_no(net: Net) -> None:
    net.zone[HERE, "A"] = ["127.0.9.9"]
    with pytest.raises(NotThere, match="no web server"):
        await net.ask().web.get(ROOT)


async def test_a_host_that_swallows_packets_is_unknown_after_two_seconds(
    net: Net, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_module, "CONNECT_SECONDS", 0.2)
    net.silent(HERE)
    began = time.monotonic()
    with pytest.raises(NotReached, match="no connection within"):
        await net.ask().web.get(ROOT)
    assert time.monotonic() - began < 1


async def test_a_certificate_for_another_name_is_unknown(net: Net) -> None:
    await net.host(HERE, {"/": ok("x")}, certificate="other.example.test")
    with pytest.raises(NotReached, match="certificate does not verify"):
        await net.ask().web.get(ROOT)
    assert net.asked == []


async def test_an_expired_certificate_is_unknown(net: Net) -> None:
    await net.host(HERE, {"/": ok("x")}, valid=timedelta(days=-1))
    with pytest.raises(NotReached, match="expired"):
        await net.ask().web.get(ROOT)


async def test_no_tls_at_all_is_unknown(net: Net) -> None:
    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(status(400))
        await writer.drain()

    await net.host(HERE, https=False, port=443, talk=talk)
    with pytest.raises(NotReached, match="encryption"):
        await net.ask().web.get(ROOT)


async def test_redirects_on_the_site_are_followed_and_counted(net: Net) -> None:
    hops = {f"/{n}": moved(f"/{n + 1}", code) for n, code in enumerate((301, 302, 307, 308))}
    await net.host(HERE, {**hops, "/3": ok("there")})
    page = await net.ask().web.get(Place(HERE, "/0"))
    assert (page.body, page.crossed, page.place.target) == (b"there", False, "/3")
    with pytest.raises(NotThere, match="more than 2 times"):
        await net.ask().web.get(Place(HERE, "/0"), hops=2)


async def test_a_circle_ends(net: Net) -> None:
    await net.host(HERE, {"/": moved("/")})
    with pytest.raises(NotThere, match="more than 3 times"):
        await net.ask().web.get(ROOT)
    assert len(net.asked) == 4


async def test_where_none_may_be_followed_none_is(net: Net) -> None:
    await net.host(HERE, {"/": moved("/there"), "/there": ok("x")})
    with pytest.raises(NotThere, match="it redirects"):
        await net.ask().web.get(ROOT, hops=0)
    assert len(net.asked) == 1


async def test_another_host_of_the_same_owner_is_no_stranger(net: Net) -> None:
    await net.host(HERE, {"/": moved("https://cfg.example.test/x")})
    await net.host("cfg.example.test", {"/x": ok("there")})
    page = await net.ask().web.get(ROOT)
    assert (page.body, page.crossed) == (b"there", False)


async def test_somebody_elses_site_is_told_and_stays_told_on_the_way_back(net: Net) -> None:
    await net.host(HERE, {"/": moved("https://cfg.elsewhere.test/x"), "/end": ok("there")})
    await net.host("cfg.elsewhere.test", {"/x": moved(f"https://{HERE}/end")})
    page = await net.ask().web.get(ROOT)
    assert (page.body, page.crossed) == (b"there", True)


async def test_somebody_elses_site_is_not_asked_where_the_address_would_go(net: Net) -> None:
    await net.host(HERE, {"/": moved("https://cfg.elsewhere.test/x")})
    await net.host("cfg.elsewhere.test", {"/x": ok("x")})
    with pytest.raises(NotThere, match=r"elsewhere\.test"):
        await net.ask().web.get(ROOT, on_site=True)
    assert [a.host for a in net.asked] == [HERE]


@pytest.mark.parametrize(
    "where",
    [
        f"http://{HERE}/", "ftp://example.test/", "javascript:alert(1)", "https://127.0.0.1/",
        "https://[::1]/", "https://localhost/", "https://a:b@www.example.test/",
        "https://www.example.test:8443/", "https://exa mple.test/", "https://2130706433/", "",
    ],
)  # fmt: skip
async def test_nobody_is_led_there(net: Net, where: str) -> None:
    await net.host(HERE, {"/": moved(where)})
    with pytest.raises(NotThere, match="redirects, but"):
        await net.ask().web.get(ROOT)
    assert len(net.asked) == 1


async def test_five_megabytes_are_not_read(net: Net) -> None:
    sent = 0

    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n")
        while sent < 5_000_000:
            writer.write(b"x" * 10_000)
            await writer.drain()
            sent += 10_000

    await net.host(HERE, talk=talk)
    with pytest.raises(NotThere, match=f"larger than {CAP // 1024} KiB"):
        await net.ask().web.get(ROOT)
    assert sent < 5_000_000


async def test_what_unpacks_to_five_megabytes_is_not_unpacked(net: Net) -> None:
    await net.host(HERE, {"/": ok(gzip.compress(b"x" * 5_000_000))})
    with pytest.raises(NotThere, match="larger"):
        await net.ask().web.get(ROOT)


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n"])
async def test_a_slow_drip_ends_with_the_deadline(net: Net, head: bytes) -> None:
    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(b"X")
            await writer.drain()
            await asyncio.sleep(0.02)

    await net.host(HERE, talk=talk)
    began = time.monotonic()
    with pytest.raises(NotReached, match="no answer within"):
        await net.ask().web.get(ROOT, timeout=0.3)
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    "said",
    [
        b"", b"220 mail.example.test ESMTP\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 9000, b"\x00\xff" * 50, b"HTTP/1.1 999\r\n\r\n",
    ],
)  # fmt: skip
async def test_what_is_no_answer_is_unknown(net: Net, said: bytes) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said)
        await writer.drain()

    await net.host(HERE, talk=talk)
    with pytest.raises(NotReached):
        await net.ask().web.get(ROOT)
