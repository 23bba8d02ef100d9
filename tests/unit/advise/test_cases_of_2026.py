# SPDX-License-Identifier: MPL-2.0
"""Programs and providers of 2026, each with the reasoning.

What is expected was reasoned from the facts about both, not from a run.
"""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from clientcfg.advise.of_policy import instead
from clientcfg.model.policy import Fact, Grounds, Policy, Topic
from clientcfg.model.report import EndpointReport, Problem
from tests.support.cases import (
    BRIDGE,
    CATALOG,
    EVERY,
    IMPOSSIBLE,
    ONLY_12,
    ONLY_13,
    READY,
    STEP,
    TODAY,
    UNKNOWN,
    UPGRADE,
    Case,
    at,
)
from tests.support.servers_said import plain, silent, tls, untrusted, without_tls

# What they announce; for all but Gmail it is what their kind of log-in implies.
EXCHANGE: Final = at("smtp.office365.com", tls(587, "AUTH LOGIN XOAUTH2", takes=TODAY))
OUTLOOK_COM: Final = at("smtp-mail.outlook.com", tls(587, "AUTH LOGIN XOAUTH2", takes=TODAY))
_GMAIL: Final = "AUTH LOGIN PLAIN XOAUTH2 PLAIN-CLIENTTOKEN OAUTHBEARER XOAUTH"
GMAIL: Final = at("smtp.gmail.com", tls(465, _GMAIL, takes=EVERY), tls(587, _GMAIL, takes=EVERY))
YAHOO: Final = at("smtp.mail.yahoo.com", tls(465, "AUTH PLAIN LOGIN XOAUTH2", takes=TODAY))
ICLOUD: Final = at("smtp.mail.me.com", tls(587, "AUTH LOGIN PLAIN", takes=TODAY))
ICLOUD_SIGN_IN: Final = at("smtp.mail.me.com", tls(587, "AUTH XOAUTH2", takes=TODAY))
FASTMAIL: Final = at("smtp.fastmail.com", tls(465, "AUTH PLAIN LOGIN XOAUTH2", takes=TODAY))


def simple(host: str, *ports: int) -> tuple[EndpointReport, ...]:
    return at(host, *(tls(port, "AUTH LOGIN PLAIN", takes=TODAY) for port in ports))


SCRAM: Final = (tls(465, "AUTH SCRAM-SHA-256 SCRAM-SHA-1", takes=TODAY),)
CRAM: Final = (tls(465, "AUTH CRAM-MD5", takes=TODAY),)
OF_TODAY: Final = tuple(tls(port, "AUTH LOGIN PLAIN", takes=TODAY) for port in (465, 587))
NEWEST: Final = (tls(465, "AUTH LOGIN PLAIN", takes=ONLY_13),)
TLS_12: Final = (tls(465, "AUTH LOGIN PLAIN", version="1.2", takes=ONLY_12),)
IN_CLEAR: Final = (without_tls(587, "AUTH LOGIN PLAIN"), without_tls(25, "AUTH LOGIN"))


def house(*said: EndpointReport) -> tuple[EndpointReport, ...]:
    """The same with certificates of an authority of one's own."""
    unknown = Problem("unknown-issuer", "The certificate was issued by “House CA”.")
    return tuple(
        replace(e, tls=replace(e.tls, trusted=False, problems=(unknown,))) for e in said if e.tls
    )


BEFORE, LAST, DAY, AFTER = (
    date(2026, 11, 22), date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 15),
)  # fmt: skip
THUNDERBIRD: Final = ("thunderbird", "153.7.0")

# fmt: off
CASES = [
    # Exchange Online: LOGIN is announced before and after; a tenant lets passwords in, or not.
    Case("before the date a password is let in, and LOGIN needs no step", "thunderbird", EXCHANGE,
         READY, way=(587, "LOGIN"), code="policy-change", step="plan-ahead", day=BEFORE),
    Case("the last day before it", "thunderbird", EXCHANGE, READY, way=(587, "LOGIN"), day=LAST),
    Case("on the day itself: sign in, for Microsoft is built in", "thunderbird", EXCHANGE, STEP,
         way=(587, "XOAUTH2"), step="sign-in", day=DAY),
    Case("after it, signing in is less than asking an administrator", "thunderbird", EXCHANGE,
         STEP, way=(587, "XOAUTH2"), code="oauth2-provider", step="sign-in", day=AFTER),
    Case("Evolution before: its library's TLS is of today", "evolution", EXCHANGE, READY,
         way=(587, "LOGIN"), day=BEFORE),
    Case("Evolution after: Microsoft is built in", "evolution", EXCHANGE, STEP,
         way=(587, "XOAUTH2"), step="sign-in", day=AFTER),
    Case("KMail 6 after: Microsoft is built in", "kmail", EXCHANGE, STEP, way=(587, "XOAUTH2"),
         step="sign-in", day=AFTER),
    Case("Mutt before", "mutt", EXCHANGE, READY, way=(587, "LOGIN"), day=BEFORE),
    Case("Mutt after: an administrator can turn it on, which is less than a client id of one's own",
         "mutt", EXCHANGE, STEP, way=(587, "LOGIN"), code="password-policy", step="turn-on",
         day=AFTER),
    Case("Outlook 365 before: LOGIN is documented, its TLS is the system's", "outlook-classic",
         EXCHANGE, READY, way=(587, "LOGIN"), day=BEFORE),
    Case("Outlook 365 after: XOAUTH2 over SMTP is hearsay, so LOGIN has to be turned on",
         "outlook-classic", EXCHANGE, STEP, way=(587, "LOGIN"), step="turn-on", day=AFTER),
    Case("Sylpheed 3.7 before", "sylpheed@3.7.0", EXCHANGE, READY, way=(587, "LOGIN"), day=BEFORE),
    Case("Sylpheed 3.7 after: no OAuth 2.0, so it has to be turned on", "sylpheed@3.7.0", EXCHANGE,
         STEP, way=(587, "LOGIN"), step="turn-on", day=AFTER),
    Case("Outlook 2003 before: 587 wants STARTTLS, which it does on 25 only",
         "outlook-classic@2003", EXCHANGE, UPGRADE, code="starttls", day=BEFORE),
    Case("Outlook 2007 before: TLS 1.0 is hearsay", "outlook-classic@2007", EXCHANGE, UNKNOWN,
         fact="TLS", day=BEFORE),
    Case("Eudora 7.1 after: TLS 1.0; Thunderbird can sign in", "eudora@7.1", EXCHANGE, UPGRADE,
         code="tls-version", to=THUNDERBIRD, day=AFTER),
    Case("Netscape 4.08 after: of its successors the one that signs in by itself", "netscape@4.08",
         EXCHANGE, UPGRADE, code="announcement-form", to=THUNDERBIRD, day=AFTER),
    Case("Apple Mail: PLAIN or LOGIN, and STARTTLS is hearsay", "apple-mail", EXCHANGE, UNKNOWN,
         fact="LOGIN", day=BEFORE),
    Case("the address tells the tenant", "mutt", at("mail.ample.example", *OF_TODAY), STEP,
         way=(465, "PLAIN"), step="turn-on", day=AFTER, domain="ample.onmicrosoft.com"),
    # Outlook.com: no password since 2024-09-16, and no app password either.
    Case("LOGIN is announced, every password refused: sign in", "thunderbird", OUTLOOK_COM, STEP,
         way=(587, "XOAUTH2"), step="sign-in"),
    Case("the day before, a password was let in", "sylpheed@3.7.0", OUTLOOK_COM, READY,
         way=(587, "LOGIN"), day=date(2024, 9, 15)),
    Case("since that day, Sylpheed 3.7 is out; the next one signs in", "sylpheed@3.7.0",
         OUTLOOK_COM, UPGRADE, code="password-policy", to=("sylpheed", "3.8.0beta1")),
    Case("Mutt signs in by a client id of one's own", "mutt", OUTLOOK_COM, STEP,
         way=(587, "XOAUTH2"), step="own-client-id"),
    Case("that SeaMonkey signs in at Microsoft is hearsay", "seamonkey", OUTLOOK_COM, UNKNOWN,
         fact="sign-in", to=THUNDERBIRD),
    Case("Geary has Microsoft built in", "geary", OUTLOOK_COM, STEP, way=(587, "XOAUTH2"),
         step="sign-in"),
    Case("Balsa has no OAuth 2.0; Evolution, its successor, has", "balsa", OUTLOOK_COM, UPGRADE,
         code="password-policy", to=("evolution", None)),
    Case("Eudora 4.3 for the Mac can log in, so a proxy that signs in helps",
         "eudora@4.3:mac-classic", OUTLOOK_COM, BRIDGE, to=("email-oauth2-proxy", None),
         step="bridge"),
    Case("Claris Emailer cannot log in, so that proxy does not help, but msmtp",
         "claris-emailer@2.0v3", OUTLOOK_COM, BRIDGE, to=("msmtp", None)),
    Case("the same house by another name of its servers", "sylpheed@3.7.0", EXCHANGE, UPGRADE,
         code="password-policy", domain="hotmail.com"),
    # Gmail: no password of the account; OAuth 2.0, or an app password.
    Case("Thunderbird signs in at Google", "thunderbird", GMAIL, STEP, way=(465, "XOAUTH2"),
         step="sign-in"),
    Case("Thunderbird 38 has Google built in, but its TLS is hearsay", "thunderbird@38", GMAIL,
         UNKNOWN, fact="TLS"),
    Case("Evolution signs in at Google", "evolution", GMAIL, STEP, way=(465, "XOAUTH2")),
    Case("Sylpheed 3.7 needs an app password", "sylpheed@3.7.0", GMAIL, STEP, way=(465, "PLAIN"),
         code="app-password", step="app-password"),
    Case("for Mutt an app password is less than a client id of one's own", "mutt", GMAIL, STEP,
         way=(465, "PLAIN"), step="app-password"),
    Case("a script needs an app password", "python-smtplib", GMAIL, STEP, way=(465, "PLAIN"),
         step="app-password"),
    Case("that iOS signs in at Google is hearsay; PLAIN or LOGIN are both taken", "ios-mail", GMAIL,
         STEP, way=(465, "PLAIN"), step="app-password"),
    Case("Eudora 7.1 at Gmail, were TLS 1.0 still taken", "eudora@7.1", GMAIL, STEP,
         way=(465, "PLAIN"), step="app-password"),
    Case("Netscape 3 at Gmail: its successor that signs in", "netscape@3.0", GMAIL, UPGRADE,
         code="smtp-auth", to=THUNDERBIRD),
    # Others: OAuth 2.0 by name, app passwords by their own word, a switch, a bridge, nothing.
    Case("Thunderbird signs in at Yahoo", "thunderbird", YAHOO, STEP, way=(465, "XOAUTH2")),
    Case("Yahoo gives no client ids, so Mutt needs an app password", "mutt", YAHOO, STEP,
         way=(465, "PLAIN"), step="app-password"),
    Case("KMail 6 has no Yahoo built in", "kmail", YAHOO, STEP, way=(465, "PLAIN"),
         step="app-password"),
    Case("iCloud wants an app-specific password", "thunderbird", ICLOUD, STEP, way=(587, "PLAIN"),
         code="app-password", step="app-password"),
    Case("iCloud has no OAuth 2.0 for other makers, whatever it announced", "thunderbird",
         ICLOUD_SIGN_IN, IMPOSSIBLE, code="oauth2-provider"),
    Case("Thunderbird signs in at Fastmail", "thunderbird", FASTMAIL, STEP, way=(465, "XOAUTH2")),
    Case("GMX lets programs in only where the mailbox allows it", "thunderbird",
         simple("mail.gmx.net", 465, 587), STEP, way=(465, "PLAIN"), step="allow-access"),
    Case("so does WEB.DE", "thunderbird", simple("smtp.web.de", 465, 587), STEP,
         way=(465, "PLAIN"), step="allow-access"),
    Case("T-Online has a second password for programs", "thunderbird",
         simple("securesmtp.t-online.de", 465), STEP, way=(465, "PLAIN"), step="app-password"),
    Case("IONOS takes the password of the mailbox", "thunderbird", simple("smtp.ionos.de", 465),
         READY, way=(465, "PLAIN")),
    Case("so does Strato", "evolution", simple("smtp.strato.de", 465), READY, way=(465, "PLAIN")),
    Case("so does Orange", "thunderbird", simple("smtp.orange.fr", 465), READY,
         way=(465, "PLAIN")),
    Case("so does OVH", "mutt", simple("ssl0.ovh.net", 465), READY, way=(465, "PLAIN")),
    Case("Proton has no servers, but a bridge", "thunderbird", (), BRIDGE, code="bridge-needed",
         step="bridge", domain="proton.me"),
    Case("nor does it help that something there does not answer", "thunderbird", (silent(465),),
         BRIDGE, code="bridge-needed", domain="pm.me"),
    # Servers of one's own.
    Case("SCRAM only: no Thunderbird speaks it, msmtp can stand between", "thunderbird", SCRAM,
         BRIDGE, code="mechanism", to=("msmtp", None)),
    Case("SCRAM only: nor does Evolution", "evolution", SCRAM, BRIDGE, code="mechanism"),
    Case("SCRAM only: msmtp speaks it", "msmtp", SCRAM, READY, way=(465, "SCRAM-SHA-256")),
    Case("SCRAM only: Mutt speaks it by the SASL library", "mutt", SCRAM, READY,
         way=(465, "SCRAM-SHA-256")),
    Case("SCRAM only: msmtp got it with 1.4.20, its TLS is known from 1.8.1 on", "msmtp@1.4.19",
         SCRAM, UPGRADE, code="mechanism", to=("msmtp", "1.8.1")),
    Case("CRAM-MD5 only: Thunderbird speaks it", "thunderbird", CRAM, READY, way=(465, "CRAM-MD5")),
    Case("CRAM-MD5 only: Geary does PLAIN and LOGIN", "geary", CRAM, BRIDGE, code="mechanism"),
    Case("CRAM-MD5 only: Outlook Express 6 does LOGIN and NTLM", "outlook-express@6.0", CRAM,
         UPGRADE, code="mechanism", to=THUNDERBIRD),
    Case("CRAM-MD5 only: that Outlook 365 has no more than LOGIN and NTLM is in its list",
         "outlook-classic", CRAM, BRIDGE, code="mechanism"),
    Case("TLS 1.3 only: Thunderbird was seen with it", "thunderbird", NEWEST, READY,
         way=(465, "PLAIN")),
    Case("TLS 1.3 only: that a program is maintained says no more than 1.2", "evolution", NEWEST,
         UNKNOWN, fact="TLS"),
    Case("TLS 1.3 only: Mutt got it with 1.11", "mutt@1.10", NEWEST, UPGRADE, code="tls-version",
         to=("mutt", "1.11")),
    Case("TLS 1.3 only: Eudora 7.1", "eudora@7.1", NEWEST, UPGRADE, code="tls-version",
         to=THUNDERBIRD),
    Case("TLS 1.2 only: who is maintained speaks it", "apple-mail", TLS_12, READY,
         way=(465, "PLAIN")),
    Case("TLS 1.2 only: Outlook 2021 is perhaps no longer maintained", "outlook-classic@2021",
         TLS_12, UNKNOWN, fact="TLS"),
    Case("TLS 1.2 only: Outlook 2024 is", "outlook-classic@2024", TLS_12, READY,
         way=(465, "LOGIN")),
    Case("in the clear only: no program helps", "thunderbird", IN_CLEAR, IMPOSSIBLE,
         code="encryption", step="ask-administrator"),
    Case("in the clear only: nor an old one that would do it", "eudora@5.0:win", IN_CLEAR,
         IMPOSSIBLE),
    Case("in the clear only: nor a bridge", "msmtp", (plain("192.0.2.1", "AUTH PLAIN"),),
         IMPOSSIBLE, code="in-the-clear"),
    Case("an authority of one's own house: trust it, if it is", "thunderbird", house(*OF_TODAY),
         STEP, way=(465, "PLAIN"), code="certificate", step="trust-ca"),
    Case("a certificate that vouches for itself has no authority", "thunderbird",
         (untrusted(465, "AUTH PLAIN"),), IMPOSSIBLE, code="certificate"),
    Case("whose provider XOAUTH2 belongs to is not known", "thunderbird",
         (tls(465, "AUTH XOAUTH2", takes=TODAY),), UNKNOWN, fact="provider"),
    Case("nobody answers at the one port that was tried", "thunderbird",
         at("smtp.office365.com", silent(465)), UNKNOWN, fact="none answered"),
    Case("that Spark speaks any mechanism is hearsay", "spark", OF_TODAY, UNKNOWN),
]
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.why)
def test_case(case: Case) -> None:
    case.check()


@pytest.mark.parametrize("client", ["outlook-classic", "outlook-classic@2016"])
def test_outlook_is_told_of_its_own_account_type_and_mutt_is_not(client: str) -> None:
    told = Case("", client, EXCHANGE, STEP, day=AFTER).verdict().advice
    assert told[-1].action == "other-account"
    assert "“Exchange”" in told[-1].text
    assert told[-1].text.startswith("Or set")
    others = Case("", "mutt", EXCHANGE, STEP, day=AFTER).verdict().advice
    assert "other-account" not in [a.action for a in others]


def test_its_own_account_type_is_no_or_where_nothing_stands_before_it() -> None:
    only_sign_in = at("smtp.office365.com", tls(587, "AUTH XOAUTH2", takes=TODAY))
    told = Case("", "outlook-classic", only_sign_in, UNKNOWN, day=AFTER).verdict().advice
    assert [a.action for a in told] == ["other-account"]
    assert told[0].text.startswith("You can set the mailbox of Microsoft 365 up in Outlook")


def test_of_several_only_the_first_stands_alone() -> None:
    fact = Fact(Topic.ACCOUNT_TYPE, "exchange", "s", AFTER, Grounds.DOCUMENTED)
    two = tuple(Policy(n, n, (), (), (fact,)) for n in ("one", "other"))
    client = CATALOG.parse("outlook-classic")
    first, second = instead(client, two, AFTER, alone=True)
    assert (first.text[:11], second.text[:6]) == ("You can set", "Or set")
    assert {a.text[:6] for a in instead(client, two, AFTER, alone=False)} == {"Or set"}


def test_the_two_tables_are_large_enough() -> None:
    from tests.unit.advise.test_cases_of_2003 import CASES as OF_2003  # noqa: PLC0415

    both = [c.why for c in (*CASES, *OF_2003)]
    assert len(both) == len(set(both)) >= 120
