# SPDX-License-Identifier: MPL-2.0
"""The checker of profiles refuses what is wrong, so that its silence means something."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.apple_profiles import issue, profile
from tests.support.apple_schema import faults

Profile = dict[str, Any]
ROOT = issue("Root", ca=True)


def whole() -> Profile:
    return profile(
        organization="Example", consent="Agree?\nReally.", authorities=(ROOT.der,), password="x",
        with_password=True,
    )  # fmt: skip


GOOD = whole()


def test_the_profile_that_the_others_are_made_of_is_right() -> None:
    assert faults(GOOD) == []


def test_apples_own_files_are_read() -> None:
    wrong = deepcopy(GOOD)
    wrong["PayloadContent"][0]["EmailAccountType"] = "EmailTypeJMAP"
    assert faults(wrong) == [
        "PayloadContent[0]/EmailAccountType: 'EmailTypeJMAP' is none of "
        "['EmailTypeIMAP', 'EmailTypePOP']"
    ]


def top(**values: Any) -> Callable[[Profile], None]:
    return lambda p: p.update(values)


def in_mail(**values: Any) -> Callable[[Profile], None]:
    return lambda p: p["PayloadContent"][0].update(values)


def in_root(**values: Any) -> Callable[[Profile], None]:
    return lambda p: p["PayloadContent"][1].update(values)


def without(name: str, payload: int | None = None) -> Callable[[Profile], None]:
    return lambda p: (p if payload is None else p["PayloadContent"][payload]).pop(name)


BROKEN: dict[str, Callable[[Profile], object]] = {
    "no identifier": without("PayloadIdentifier"),
    "no UUID": without("PayloadUUID"),
    "no type": without("PayloadType"),
    "another type": top(PayloadType="Configuration2"),
    "no version": without("PayloadVersion"),
    "version 2": top(PayloadVersion=2),
    "version as text": top(PayloadVersion="1"),
    "version as truth": top(PayloadVersion=True),
    "version as real": top(PayloadVersion=1.0),
    "no content": without("PayloadContent"),
    "empty content": top(PayloadContent=[]),
    "content of texts": top(PayloadContent=["x"]),
    "a top key that is none": top(PayloadColour="red"),
    "removal as text": top(PayloadRemovalDisallowed="false"),
    "another scope": top(PayloadScope="Everybody"),
    "organisation as number": top(PayloadOrganization=3),
    "empty organisation": top(PayloadOrganization=""),
    "consent as text": top(ConsentText="Agree"),
    "empty consent": top(ConsentText={}),
    "consent without default": top(ConsentText={"de": "Ja?"}),
    "consent of numbers": top(ConsentText={"default": 1}),
    "a date as text": top(RemovalDate="2026-01-01"),
    "a duration as integer": top(DurationUntilRemoval=60),
    "a device that there is not": top(TargetDeviceType=7),
    "a UUID in small letters": top(PayloadUUID=GOOD["PayloadUUID"].lower()),
    "a UUID without hyphens": top(PayloadUUID=GOOD["PayloadUUID"].replace("-", "")),
    "a UUID twice": in_mail(PayloadUUID=GOOD["PayloadUUID"]),
    "an identifier twice": in_mail(PayloadIdentifier=GOOD["PayloadIdentifier"]),
    "an identifier with a blank": in_mail(PayloadIdentifier=f"{GOOD['PayloadIdentifier']}.a b"),
    "an identifier elsewhere": in_mail(PayloadIdentifier="org.example.other"),
    "a payload of another kind": in_root(PayloadType="com.apple.vpn.managed"),
    "a payload key that is none": in_mail(IdentificationUUID=GOOD["PayloadUUID"]),
    "no account type": without("EmailAccountType", 0),
    "no incoming host": without("IncomingMailServerHostName", 0),
    "no outgoing host": without("OutgoingMailServerHostName", 0),
    "no incoming authentication": without("IncomingMailServerAuthentication", 0),
    "no outgoing authentication": without("OutgoingMailServerAuthentication", 0),
    "another authentication": in_mail(OutgoingMailServerAuthentication="EmailAuthSCRAM"),
    "none": in_mail(OutgoingMailServerAuthentication="EmailAuthNone"),
    "digest": in_mail(IncomingMailServerAuthentication="EmailAuthHTTPMD5"),
    "port as text": in_mail(OutgoingMailServerPortNumber="465"),
    "port as real": in_mail(OutgoingMailServerPortNumber=465.0),
    "port nought": in_mail(OutgoingMailServerPortNumber=0),
    "no port": without("IncomingMailServerPortNumber", 0),
    "no TLS": in_mail(IncomingMailServerUseSSL=False),
    "TLS not said": without("OutgoingMailServerUseSSL", 0),
    "TLS as number": in_mail(OutgoingMailServerUseSSL=1),
    "no user": without("OutgoingMailServerUsername", 0),
    "empty password": in_mail(IncomingPassword=""),
    "a NUL": in_mail(EmailAccountName="a\0b"),
    "no address": without("EmailAddress", 0),
    "not for Macs": in_mail(SMIMEEnabled=True),
    "not of its form": in_mail(SMIMESigningCertificateUUID="x"),
    "certificate as text": in_root(PayloadContent="MIIC"),
    "certificate without content": without("PayloadContent", 1),
    "two mail accounts": lambda p: p["PayloadContent"].append(p["PayloadContent"][0]),
    "a date where text belongs": in_mail(EmailAccountName=datetime.now(UTC)),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_one_thing_that_is_wrong_is_seen(name: str) -> None:
    wrong = deepcopy(GOOD)
    BROKEN[name](wrong)
    assert repr(wrong) != repr(GOOD)
    assert faults(wrong)


@pytest.mark.parametrize("thing", [None, [], "x", {}])
def test_what_is_no_profile_at_all(thing: object) -> None:
    assert faults(thing)
