# SPDX-License-Identifier: MPL-2.0
"""How a user name follows from an address, in the placeholders of autoconfig (config-v1.1)."""

from enum import StrEnum

from clientcfg.model.address import Address


class UserNameForm(StrEnum):
    """What a server takes for a user name; the value stands for it in a configuration file."""

    ADDRESS = "%EMAILADDRESS%"
    LOCAL_PART = "%EMAILLOCALPART%"
    DOTTED = "%EMAILLOCALPART%.%EMAILDOMAIN%"

    def of(self, address: Address) -> str:
        """The user name that *address* has in this form."""
        match self:
            case UserNameForm.ADDRESS:
                return str(address)
            case UserNameForm.LOCAL_PART:
                return address.local
            case UserNameForm.DOTTED:
                return f"{address.local}.{address.domain}"


def form_of(username: str, address: Address) -> UserNameForm | None:
    """The form that *username* has for *address*; None where it follows from nothing in it."""
    return next((form for form in UserNameForm if form.of(address) == username), None)
