# SPDX-License-Identifier: MPL-2.0
"""All servers of the zoo."""

from collections.abc import Mapping
from itertools import chain

from tests.world.zoo import (
    courier,
    cyrus,
    dovecot,
    exim,
    opensmtpd,
    popa3d,
    postfix,
    sendmail,
    solid_pop3d,
)
from tests.world.zoo.kind import Kind

_BY_NAME: Mapping[str, Mapping[str, Kind]] = {
    "courier": courier.KINDS,
    "cyrus": cyrus.KINDS,
    "dovecot": dovecot.KINDS,
    "exim": exim.KINDS,
    "opensmtpd": opensmtpd.KINDS,
    "popa3d": popa3d.KINDS,
    "postfix": postfix.KINDS,
    "sendmail": sendmail.KINDS,
    "solid-pop3d": solid_pop3d.KINDS,
}
#: By name and variant.
KINDS: Mapping[tuple[str, str], Kind] = dict(
    chain.from_iterable(
        (((name, variant), kind) for variant, kind in kinds.items())
        for name, kinds in _BY_NAME.items()
    )
)
