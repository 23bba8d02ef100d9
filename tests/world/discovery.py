# SPDX-License-Identifier: MPL-2.0
"""NSD and nginx on ports 53 and 443 of a network of their own, with domains of every kind.

Nobody in that network can reach anything else. What each domain publishes
stands in :data:`ZONES` and :data:`SITES`.
"""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from tests.running import packages
from tests.support.net import config
from tests.world.namespaces import World

FILE = "/mail/config-v1.1.xml"
PACC = "/.well-known/user-agent-configuration.json"
POX = "/autodiscover/autodiscover.xml"
_DIGESTED = (
    '{"protocols": {"imap": {"host": "imap.pacc.test"}, "submit": {"host": "smtp.pacc.test"}}}\n'
)
_DIGEST = b64encode(hashlib.sha256(_DIGESTED.encode()).digest()).decode()
_SETTINGS = (
    "<Autodiscover><Response><Account><Action>settings</Action>"
    "<Protocol><Type>IMAP</Type><Server>imap.pox.test</Server><Port>993</Port></Protocol>"
    "<Protocol><Type>SMTP</Type><Server>smtp.pox.test</Server><Port>587</Port></Protocol>"
    "</Account></Response></Autodiscover>"
)


@dataclass(frozen=True, slots=True)
class Site:
    """A virtual host. ``extra``: directives of nginx; ``expired``: its certificate has run out."""

    name: str
    files: Mapping[str, str] = field(default_factory=dict)
    extra: str = ""
    expired: bool = False


# Records of each domain; @ADDRESS@ is where all web servers are.
ZONES: Mapping[str, str] = {
    "auto.test": "autoconfig IN A @ADDRESS@",
    "well-known.test": "@ IN A @ADDRESS@",
    "pacc.test": (
        "ua-auto-config IN CNAME config.provider.test.\n"
        f'_ua-auto-config IN TXT "v=UAAC1; a=sha256; " "d={_DIGEST}"'
    ),
    "changed.test": (
        f'ua-auto-config IN A @ADDRESS@\n_ua-auto-config IN TXT "v=UAAC1; a=sha256; d={_DIGEST}"'
    ),
    "srv.test": (
        "_imaps._tcp IN SRV 0 1 993 imap\n_imap._tcp IN SRV 0 0 0 .\n"
        "_submissions._tcp IN SRV 20 0 465 smtp2\n_submissions._tcp IN SRV 10 0 465 smtp\n"
        "imap IN A @ADDRESS@\nsmtp IN A @ADDRESS@\nsmtp2 IN A @ADDRESS@"
    ),
    "hosted.test": "@ IN MX 20 backup.elsewhere.test.\n@ IN MX 10 mx1.mail.provider.test.",
    "provider.test": "autoconfig IN A @ADDRESS@\nconfig IN A @ADDRESS@\nmx1.mail IN A @ADDRESS@",
    "moved.test": "autoconfig IN A @ADDRESS@",
    "downgraded.test": "autoconfig IN A @ADDRESS@",
    "circle.test": "autoconfig IN A @ADDRESS@",
    "wild.test": "* IN A @ADDRESS@\n@ IN A @ADDRESS@",
    "alias.test": "autoconfig IN CNAME other\nother IN CNAME autoconfig",
    "expired.test": "autoconfig IN A @ADDRESS@",
    "broken.test": "autoconfig IN A @ADDRESS@",
    "large.test": "autoconfig IN A @ADDRESS@",
    "drip.test": "autoconfig IN A @ADDRESS@",
    "page.test": "autoconfig IN A @ADDRESS@",
    "pox.test": "autodiscover IN A @ADDRESS@",
    "exchange.test": "autodiscover IN A @ADDRESS@",
    "null.test": "@ IN MX 0 .",
    "listed.test": "@ IN TXT nothing",
    "thunderbird.net": "autoconfig IN A @ADDRESS@",
    "hosted-srv.test": "@ IN MX 10 mx1.in.srv.test.",
    "hosted-site.test": "@ IN MX 10 mx1.well-known.test.",
    "gandi.test": "@ IN MX 10 mx",
    "xn--bcher-kva.test": "autoconfig IN A @ADDRESS@",
}
# Who else answers DNS for a domain, as far as its zone says.
NAME_SERVERS: Mapping[str, str] = {"gandi.test": "ns5.gandi.net"}
SITES = (
    Site("autoconfig.auto.test", {FILE: config("auto.test", "mail.auto.test")}),
    Site("well-known.test", {f"/.well-known/autoconfig{FILE}": config("well-known.test")}),
    Site("ua-auto-config.pacc.test", {PACC: _DIGESTED}),
    Site("ua-auto-config.changed.test", {PACC: _DIGESTED.replace("smtp.", "smtp2.")}),
    Site("autoconfig.provider.test", {FILE: config("provider.test", "mail.provider.test")}),
    Site("config.provider.test", {"/moved.xml": config("moved.test", "mail.provider.test")}),
    Site(
        "autoconfig.moved.test",
        extra=f"location = {FILE} {{ return 301 https://config.provider.test/moved.xml; }}",
    ),
    Site(
        "autoconfig.downgraded.test",
        extra=f"location = {FILE} {{ return 302 http://autoconfig.downgraded.test{FILE}; }}",
    ),
    Site("autoconfig.circle.test", extra=f"location = {FILE} {{ return 302 {FILE}; }}"),
    Site("autoconfig.expired.test", {FILE: config("expired.test")}, expired=True),
    Site("autoconfig.broken.test", extra="location / { return 503; }"),
    Site("autoconfig.large.test", {FILE: "<clientConfig>" + " " * 5_000_000}),
    Site("autoconfig.drip.test", {FILE: " " * 200_000}, extra="limit_rate 1k;"),
    Site("autoconfig.page.test", {FILE: "<!doctype html><title>Welcome</title>"}),
    Site(
        "autodiscover.pox.test",
        extra=f"location = {POX} {{ default_type text/xml; return 200 '{_SETTINGS}'; }}",
    ),
    Site("autodiscover.exchange.test", extra=f"location = {POX} {{ return 401; }}"),
    Site("autoconfig.thunderbird.net", {"/v1.1/listed.test": config("x", "mail.listed.test")}),
    Site("autoconfig.xn--bcher-kva.test", {FILE: config("x", "mail.xn--bcher-kva.test")}),
)  # fmt: skip

_NSD_CONF = """\
server:
    ip-address: @ADDRESS@
    username: ""
    server-count: 1
    zonesdir: /etc/nsd
    pidfile: ""
    database: ""
    xfrdfile: ""
    zonelistfile: /run/zone.list
    hide-version: yes
remote-control:
    control-enable: no
"""
_ZONE = """\
$ORIGIN {domain}
$TTL 60
@ IN SOA ns.invalid. hostmaster.invalid. 1 3600 600 86400 60
@ IN NS {ns}.
{records}
"""
_NGINX_CONF = """\
user root;
daemon off;
worker_processes 1;
pid /run/nginx.pid;
error_log /var/log/world/nginx.log;
events { worker_connections 256; }
http {
    access_log /var/log/world/access.log;
    default_type text/xml;
    client_body_temp_path /tmp/body;
    proxy_temp_path /tmp/proxy;
    fastcgi_temp_path /tmp/fastcgi;
    uwsgi_temp_path /tmp/uwsgi;
    scgi_temp_path /tmp/scgi;
    server {
        listen @ADDRESS@:443 ssl default_server;
        ssl_certificate /etc/world/good.pem;
        ssl_certificate_key /etc/world/good.key;
        return 200 "<html>parked</html>";
    }
"""
_SERVER = """\
    server {{
        listen @ADDRESS@:443 ssl;
        server_name {name};
        ssl_certificate /etc/world/{which}.pem;
        ssl_certificate_key /etc/world/{which}.key;
        root /srv/www/{name};
        {extra}
    }}
"""
_PORTAL = """\
    server {
        listen 80 default_server;
        return 302 https://log-in.hotel.example/welcome;
    }
}
"""
_START = """\
#!/bin/sh
. /etc/world/library.sh
ip link set lo up
# NSD reads no zone that is as old as the epoch.
touch /etc/nsd/*.zone
nsd -d -c /etc/nsd/nsd.conf </dev/null &
nginx -c /etc/world/nginx.conf </dev/null &
until_the_end
"""


class DiscoveryWorld(World):
    """Use it as ``with DiscoveryWorld() as world:``; programs join its network by ``world.pid``."""

    ports = frozenset({53, 443})

    @property
    def requests(self) -> str:
        """What nginx was asked, a line each."""
        return self.logged("access.log")

    @property
    def _apart(self) -> tuple[str, ...]:
        return ("--net",)

    def _surroundings(self) -> AbstractContextManager[None]:
        return nullcontext()

    def _packages(self) -> Path:
        return packages.root("discovery")

    def _host(self) -> str:
        return "www.provider.test"

    def _files(self) -> Mapping[str, str]:
        files = {
            "etc/nsd/nsd.conf": _NSD_CONF + "".join(map(_nsd_zone, (".", *ZONES))),
            "etc/nsd/root.zone": _ZONE.format(domain=".", ns="ns.invalid", records=""),
            "etc/world/nginx.conf": _NGINX_CONF + "".join(map(_server, SITES)) + "}\n",
            "etc/world/start.sh": _START,
        }
        for domain, records in ZONES.items():
            ns = NAME_SERVERS.get(domain, "ns.invalid")
            files[f"etc/nsd/{domain}.zone"] = _ZONE.format(
                domain=f"{domain}.", ns=ns, records=records
            )
        for site in SITES:
            files |= {f"srv/www/{site.name}{path}": text for path, text in site.files.items()}
        good = self._authority.issue([site.name for site in SITES if not site.expired])
        old = self._authority.issue(
            [site.name for site in SITES if site.expired], timedelta(days=-1)
        )
        for which, issued in (("good", good), ("expired", old)):
            files[f"etc/world/{which}.pem"] = issued.certificate.decode()
            files[f"etc/world/{which}.key"] = issued.key.decode()
        return {name: text.replace("@ADDRESS@", self.address) for name, text in files.items()}


class PortalWorld(DiscoveryWorld):
    """The same behind a network that answers every request on port 80 with its log-in page."""

    def _files(self) -> Mapping[str, str]:
        files = dict(super()._files())
        conf = files["etc/world/nginx.conf"].rstrip().removesuffix("}")
        files["etc/world/nginx.conf"] = conf + _PORTAL
        start = files["etc/world/start.sh"]
        files["etc/world/start.sh"] = start.replace(
            "ip link set lo up\n", "ip link set lo up\nip address add 192.0.2.1/32 dev lo\n"
        )
        return files


def _nsd_zone(domain: str) -> str:
    file = "root" if domain == "." else domain
    return f"zone:\n    name: {domain}\n    zonefile: {file}.zone\n"


def _server(site: Site) -> str:
    which = "expired" if site.expired else "good"
    return _SERVER.format(name=site.name, which=which, extra=site.extra)
