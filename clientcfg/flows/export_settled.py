# SPDX-License-Identifier: MPL-2.0
"""What an export is made from beside the question: wishes, and the servers for one program."""

from collections.abc import Callable
from dataclasses import dataclass, field

from clientcfg.flows.choose import Choice
from clientcfg.model.account import TrustedCertificate
from clientcfg.model.export import Signature
from clientcfg.model.report import ServerReport
from clientcfg.model.trouble import Trouble
from clientcfg.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Extras:
    """What an export may be told beside the account; see :class:`Wanted`.

    ``sign`` wraps a finished file in a signature, which ``signature`` describes.
    """

    current: bytes | None = field(default=None, repr=False)
    with_password: bool = False
    organization: str | None = None
    consent: str | None = None
    authorities: tuple[bytes, ...] = ()
    url: str | None = None
    sign: Callable[[bytes], bytes] | None = field(default=None, repr=False)
    signature: Signature | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """The servers for one program, and what is known of them.

    ``trouble``: why it cannot be set up to send there; its page is made all the same.
    """

    choices: tuple[Choice, ...]
    verdict: Verdict | None = None
    report: ServerReport | None = None
    certificates: tuple[TrustedCertificate, ...] = ()
    trouble: Trouble | None = None
