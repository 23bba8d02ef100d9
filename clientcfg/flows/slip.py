# SPDX-License-Identifier: MPL-2.0
"""A slip of the finger in a domain, told while it is typed. Nobody is asked."""

from clientcfg.model.address import Address


def meant_address(address: Address) -> Address | None:
    """The address at the common domain that is one slip away; None where there is none."""
    from clientcfg.discover.doubts import meant  # noqa: PLC0415 - nobody has typed yet

    domain = meant(address.domain)
    return None if domain is None else Address(address.local, domain)
