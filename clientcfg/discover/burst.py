# SPDX-License-Identifier: MPL-2.0
"""All that DNS is going to be asked about a domain, so that it can be asked at once."""

from clientcfg.discover import guess, pacc
from clientcfg.discover.srv import SERVICES
from clientcfg.discover.wildcard import nobodys_name

Wanted = tuple[str, str]  # name, type


def burst(domain: str, *, guesses: bool, autodiscover: bool) -> tuple[Wanted, ...]:
    """Names and types, each once: records, hosts that later steps need, and a random label.

    ``guesses``: the usual names of mail servers, too; ``autodiscover``: its
    record, which nobody needs who may not send the address.
    """
    hosts = [f"autoconfig.{domain}", f"ua-auto-config.{domain}", domain]
    # Who may not ask that host can still say that it is there.
    hosts.append(f"autodiscover.{domain}")
    found = [(f"{service}._tcp.{domain}", "SRV") for service, _protocol, _security in SERVICES]
    found += [(domain, kind) for kind in ("MX", "NS", "TXT")]
    found.append((f"{pacc.LABEL}.{domain}", "TXT"))
    if autodiscover:
        found.append((f"_autodiscover._tcp.{domain}", "SRV"))
    if guesses:
        hosts += guess.names(domain)
    hosts.append(nobodys_name(domain))
    return (*found, *((host, kind) for host in dict.fromkeys(hosts) for kind in ("AAAA", "A")))
