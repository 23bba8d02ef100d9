# SPDX-License-Identifier: MPL-2.0
"""Each oddity of the public lists by name, in the very files that have it: no server is lost.

First it is shown that the file has it, then that the offers are those that a
second reader sees. The same oddities in files of our own, one at a time, are in
``test_autoconfig_quirks.py`` and ``test_autoconfig_servers.py``.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from clientcfg.discover.autoconfig_xml import read_autoconfig
from clientcfg.discover.bundle import Bundle
from clientcfg.discover.providers import _listed
from clientcfg.discover.stated import Origin
from clientcfg.model.offer import Trust
from tests.support.provider_list_readers import Row, ispdb, provider_db


@dataclass(frozen=True, slots=True)
class Quirk:
    """``files`` (blanks between), in each of which the pattern ``seen`` is found."""

    seen: str
    files: str


POP3_FIRST = r'\A(?:(?!incomingServer type="imap").)*incomingServer type="pop3".*type="imap"'
ISPDB = {
    "POP3 listed first although IMAP exists": Quirk(
        POP3_FIRST,
        "centurylink.net elpasotel.net jet.ne.jp q.com uol.com.br wildwestdomains.com",
    ),
    "six incoming servers": Quirk(r"(?:<incomingServer.*?){6}", "office365.com"),
    "three outgoing servers": Quirk(
        r"(?:<outgoingServer.*?){3}", "gransy.com thinline.cz rediffmail.com"
    ),
    "other types between the mail servers, without a host": Quirk(
        r'type="ews".*type="owa".*type="graph"', "office365.com"
    ),
    "a placeholder without its closing %": Quirk(r"%EMAILADDRESS<", "office365.com"),
    "no user name": Quirk(
        r"<(?:in|out)\w+Server(?:(?!<username>).)*?</(?:in|out)\w+Server>",
        "kokuyou.ne.jp teol.net",
    ),
    "a placeholder inside the host name": Quirk(r"<hostname>mail\.%EMAILDOMAIN%", "inbox.lv"),
    "a placeholder as the whole host name": Quirk(
        r"<hostname>%EMAILDOMAIN%", "mail.ee pop.shibata.ne.jp mx1.tiki.ne.jp"
    ),
    "a local part and a domain as the user name": Quirk(
        r"<username>%EMAILLOCALPART%\.%EMAILDOMAIN%", "iijmio-mail.jp"
    ),
    "TLS from the start on 587": Quirk(
        r"<port>587</port>\s*(?:<!--.*?-->\s*)?<socketType>SSL", "charter.net"
    ),
    "TLS from the start on 586": Quirk(r"<port>586</port>\s*<socketType>SSL", "rediffmail.com"),
    "STARTTLS for IMAP on 587": Quirk(
        r'type="imap">\s*<hostname>[^<]*</hostname>\s*<port>587</port>\s*<socketType>STARTTLS',
        "pdx.edu",
    ),
    "POP3 on 993": Quirk(r'type="pop3">\s*<hostname>[^<]*</hostname>\s*<port>993<', "arubapec.it"),
    "no log-in": Quirk(r"<authentication>none", "kokuyou.ne.jp"),
    "only inside the provider's network": Quirk(
        r"<restriction>client-IP-address", "o2.pl tiscali.it"
    ),
    "the short name misspelt": Quirk(r"<displayNameShort>", "nili.ca"),
    "an instruction directly below the provider": Quirk(
        r"<instruction", "ipax.at messagingengine.com"
    ),
    "what to enable, at the root": Quirk(
        r"</emailProvider>.*<enable visiturl", "googlemail.com yandex.ru"
    ),
    "what to enable, below the provider": Quirk(
        r"<enable visiturl.*</emailProvider>",
        "gmx.net inbox.lv mail.ee t-online.de uol.com.br web.de",
    ),
    "a domain twice": Quirk(r"<domain>([^<]+)</domain>.*<domain>\1</domain>", "cty-net.ne.jp"),
    "an id that is no domain": Quirk(
        r'emailProvider id="(?:MessagingEngine|OXCloud-EU)"', "messagingengine.com oxcloud-eu"
    ),
    "an id that is another file's": Quirk(r'emailProvider id="swisscom\.ch"', "bluewin.ch"),
    "a file name that is no domain": Quirk(r"<clientConfig", "oxcloud-eu oxcloud-us"),
    "no XML declaration": Quirk(r"\A\s*(?!<\?xml)<", "126.com att.net me.com"),
    "an XML declaration without an encoding": Quirk(
        r'<\?xml version="1.0"\?>', "libero.it zoho.com"
    ),
    "lines that end in CR LF": Quirk(r"\r\n", "posteo.de qq.com"),
    "text that is not ASCII": Quirk(r"[^\x00-\x7f]", "bay.wind.ne.jp cc9.ne.jp"),
    "comments inside a server": Quirk(
        r"<\w+Server type=[^>]*>(?:(?!</\w+Server>).)*<!--", "charter.net"
    ),
    "comments between domains": Quirk(r"</domain>\s*<!--", "googlemail.com"),
    "&amp; in a URL": Quirk(r'"http[^"]*&amp;', "googlemail.com"),
    "help over http": Quirk(r'url="http://', "googlemail.com"),
    "a short name of more than twenty letters": Quirk(r"<displayShortName>[^<]{21,}", "gransy.com"),
}
PROVIDER_DB = {
    "the type in small letters": Quirk(r"type: (?:imap|smtp)", "163 aktivix.org"),
    "the user name's pattern in small letters": Quirk(
        r"username_pattern: emaillocalpart", "icloud naver qq web.de"
    ),
    "the user name's pattern in capitals": Quirk(r"username_pattern: EMAILLOCALPART", "disroot"),
    "a wildcard for domains": Quirk(r"\*\.hermes\.radio", "hermes.radio"),
    "mail on port 443": Quirk(r"port: 443", "mehl.cloud nine.testrun.org"),
    "IMAP on port 1143": Quirk(r"port: 1143", "yggmail"),
    "any certificate is taken": Quirk(r"strict_tls: false", "nauta.cu hermes.radio"),
    "a status and no servers": Quirk(r"status: BROKEN(?!.*server:)", "tutanota protonmail"),
}  # fmt: skip


def fields(protocol: object, host: str, port: int, security: object) -> tuple[str, str, int, str]:
    return str(protocol), host, port, str(security)


def meant(rows: list[Row], domain: str) -> list[tuple[str, str, int, str]]:
    return [
        fields(r.protocol, r.host.replace("%EMAILDOMAIN%", domain), r.port, r.security)
        for r in rows
    ]


@pytest.mark.parametrize("name", ISPDB)
def test_ispdb(test_data: Path, name: str) -> None:
    quirk = ISPDB[name]
    for file in quirk.files.split():
        content = (test_data / "ispdb" / f"{file}.xml").read_bytes()
        assert re.search(quirk.seen, content.decode(), re.S), f"{file} has it no more"
        read = ispdb(content)
        for domain in dict.fromkeys(read.domains):
            reading = read_autoconfig(content, "ada", domain, "test")
            at = [o.endpoint for o in reading.offers]
            assert [fields(e.protocol, e.host, e.port, e.security) for e in at] == meant(
                read.rows, domain
            ), file


@pytest.mark.parametrize("name", PROVIDER_DB)
def test_provider_db(test_data: Path, name: str) -> None:
    quirk, bundle = PROVIDER_DB[name], Bundle.load()
    for file in quirk.files.split():
        content = (test_data / "provider-db" / f"{file}.md").read_bytes()
        assert re.search(quirk.seen, content.decode(), re.S), f"{file} has it no more"
        read = provider_db(content)
        for domain in read.domains:
            asked = domain.replace("*", "boat")
            known = [k for k in bundle.of_domain(asked) if k.entry.file == f"{file}.md"]
            assert known, domain
            listed = _listed(known, "ada", asked, Origin("test", Trust.A3))
            at = [o.endpoint for o in listed.offers]
            assert [fields(e.protocol, e.host, e.port, e.security) for e in at] == meant(
                read.rows, asked
            ), file
