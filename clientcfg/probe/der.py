# SPDX-License-Identifier: MPL-2.0
"""Reading certificates that somebody sent, odd ones too, without a word on standard error."""

import base64
import re
import warnings
from collections.abc import Iterable
from typing import Final

from cryptography import x509
from cryptography.utils import CryptographyDeprecationWarning

_PEM: Final = re.compile(rb"-----BEGIN CERTIFICATE-----\s(.*?)-----END CERTIFICATE-----", re.DOTALL)


def load(der: bytes) -> x509.Certificate:
    """A certificate. Raises ``ValueError``."""
    with warnings.catch_warnings():
        # A serial number below one and the like; nobody asks us about them.
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        try:
            return x509.load_der_x509_certificate(der)
        except x509.InvalidVersion as error:  # which is no ValueError
            raise ValueError(str(error)) from None


def load_all(pem: bytes) -> Iterable[x509.Certificate]:
    """Those of a PEM file that can be read."""
    for match in _PEM.finditer(pem):
        try:
            yield load(base64.b64decode(match[1]))
        except ValueError:
            continue
