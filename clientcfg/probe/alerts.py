# SPDX-License-Identifier: MPL-2.0
"""TLS alerts (RFC 8446 §6, RFC 5246 §7.2) by number, and how OpenSSL's words name them."""

import re
from typing import Final, NamedTuple

_NAMES: Final = {
    10: "unexpected_message",
    20: "bad_record_mac",
    21: "decryption_failed",
    22: "record_overflow",
    30: "decompression_failure",
    40: "handshake_failure",
    41: "no_certificate",
    42: "bad_certificate",
    43: "unsupported_certificate",
    44: "certificate_revoked",
    45: "certificate_expired",
    46: "certificate_unknown",
    47: "illegal_parameter",
    48: "unknown_ca",
    49: "access_denied",
    50: "decode_error",
    51: "decrypt_error",
    70: "protocol_version",
    71: "insufficient_security",
    80: "internal_error",
    86: "inappropriate_fallback",
    90: "user_canceled",
    100: "no_renegotiation",
    109: "missing_extension",
    110: "unsupported_extension",
    112: "unrecognized_name",
    113: "bad_certificate_status_response",
    115: "unknown_psk_identity",
    116: "certificate_required",
    120: "no_application_protocol",
}
_NUMBERS: Final = {name: number for number, name in _NAMES.items()}
_REASON: Final = re.compile(
    r"(?:SSLV3_ALERT|TLSV1_ALERT|TLSV13_ALERT|SSL/TLS_ALERT|TLSV1)_([A-Z_]+)"
)


class Alert(NamedTuple):
    """An alert that the server sent."""

    number: int
    name: str


def alert_in(reason: str | None) -> Alert | None:
    """The alert that OpenSSL's *reason* tells of ("TLSV1_ALERT_INTERNAL_ERROR"), if it does."""
    match = _REASON.fullmatch(reason or "")
    name = match[1].lower() if match else ""
    return Alert(_NUMBERS[name], name) if name in _NUMBERS else None
