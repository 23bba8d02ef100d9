# SPDX-License-Identifier: MPL-2.0
"""What the zoo's servers say to a stranger at 127.0.0.1; the tests hold them to it.

Replies are those to ``MAIL FROM:<probe@other.example>`` and
``RCPT TO:<nobody@elsewhere.example>``, or what they begin with.
"""

from dataclasses import dataclass

NO_ENTRY = "554 5.7.1 <unknown[127.0.0.1]>: Client host rejected: Access denied"
POSTFIX_25 = "554 5.7.1 <nobody@elsewhere.example>: Relay access denied"
SENDMAIL_25 = (
    "550 5.7.1 <nobody@elsewhere.example>... Relaying denied. IP name lookup failed [127.0.0.1]"
)
DOVECOT = "PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256"
DOVECOT_CLEAR = "CRAM-MD5 SCRAM-SHA-256"
CYRUS = "PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-256"
SENDMAIL_CLEAR = "SCRAM-SHA-256 DIGEST-MD5 CRAM-MD5"
SENDMAIL = f"{SENDMAIL_CLEAR} PLAIN LOGIN"
EXIM = "PLAIN LOGIN CRAM-MD5"


@dataclass(frozen=True)
class Smtp:
    """What a server says to a stranger. The 587 and 465 reply is to MAIL, or else to RCPT."""

    clear: str
    tls: str
    relay_25: str
    relay_587: str
    legacy: bool = False


AUTH_NEEDED = "530 5.7.0 Authentication required"
OPEN = Smtp("", "", "250 2.1.5", "250 2.1.5")
SENDMAIL_DEFAULT = Smtp(SENDMAIL_CLEAR, SENDMAIL, SENDMAIL_25, AUTH_NEEDED)
COURIER = Smtp(
    "LOGIN PLAIN CRAM-MD5", "LOGIN PLAIN", "513 Relaying denied.", "535 Authentication required."
)
SMTP_SAID = {
    ("postfix", "dovecot-sasl"): Smtp("", DOVECOT, POSTFIX_25, NO_ENTRY),
    ("postfix", "cyrus-sasl"): Smtp("", CYRUS, POSTFIX_25, NO_ENTRY),
    ("postfix", "clear-auth"): Smtp(DOVECOT, DOVECOT, POSTFIX_25, NO_ENTRY, legacy=True),
    ("postfix", "popb4"): Smtp("", "", POSTFIX_25, POSTFIX_25),
    ("postfix", "open"): OPEN,
    ("sendmail", "default"): SENDMAIL_DEFAULT,
    ("sendmail", "default-auth-only"): SENDMAIL_DEFAULT,
    ("sendmail", "default-procmail-lda"): SENDMAIL_DEFAULT,
    ("sendmail", "default-procmail-lda-auth-only"): SENDMAIL_DEFAULT,
    ("sendmail", "pop-only"): Smtp("", "", SENDMAIL_25, SENDMAIL_25),
    ("sendmail", "open-relay"): OPEN,
    ("sendmail", "legacy-2003"): Smtp(SENDMAIL, SENDMAIL, SENDMAIL_25, AUTH_NEEDED),
    ("exim", "default"): Smtp("", EXIM, "550 relay not permitted", "550 AUTH required"),
    ("exim", "clear-auth"): Smtp(EXIM, EXIM, "550 relay not permitted", "550 AUTH required"),
    ("courier", "default"): COURIER,
}
# Dovecot has no port 25: AUTH in the clear and inside TLS, MAIL in the clear and inside TLS.
SUBMISSION_SAID = {
    "strict": (DOVECOT_CLEAR, DOVECOT, AUTH_NEEDED),
    "required": ("", DOVECOT, "530 5.7.0 TLS required."),
    "clear": (DOVECOT, DOVECOT, AUTH_NEEDED),
    "tls13": (DOVECOT_CLEAR, DOVECOT, AUTH_NEEDED),
}
DOVECOT_IMAP = (f"STARTTLS LOGINDISABLED {DOVECOT_CLEAR}", DOVECOT)
# Both sides of TLS: mechanisms, with STARTTLS and LOGINDISABLED where they are said.
IMAP_SAID = {
    ("dovecot", "strict"): DOVECOT_IMAP,
    ("dovecot", "required"): ("STARTTLS LOGINDISABLED", DOVECOT),
    ("dovecot", "clear"): (f"STARTTLS {DOVECOT}", DOVECOT),
    ("dovecot", "tls13"): DOVECOT_IMAP,
    ("postfix", "dovecot-sasl"): DOVECOT_IMAP,
    ("sendmail", "default"): DOVECOT_IMAP,
    ("exim", "default"): DOVECOT_IMAP,
    ("cyrus", "default"): (
        "STARTTLS LOGINDISABLED CRAM-MD5 DIGEST-MD5 SCRAM-SHA-256",
        "PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-256-PLUS SCRAM-SHA-256",
    ),
    # LOGIN works in the clear, though nothing says so.
    ("courier", "default"): ("STARTTLS", "PLAIN"),
}
POP3_SAID = {
    ("dovecot", "strict"): (f"STLS SASL {DOVECOT_CLEAR}", f"USER SASL {DOVECOT}"),
    ("dovecot", "required"): ("STLS SASL", f"USER SASL {DOVECOT}"),
    ("dovecot", "clear"): (f"STLS USER SASL {DOVECOT}", f"USER SASL {DOVECOT}"),
    ("dovecot", "tls13"): (f"STLS SASL {DOVECOT_CLEAR}", f"USER SASL {DOVECOT}"),
    ("cyrus", "default"): (
        "SASL CRAM-MD5 DIGEST-MD5 SCRAM-SHA-256 STLS EXPIRE NEVER LOGIN-DELAY 0",
        "SASL PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-256-PLUS SCRAM-SHA-256"
        " EXPIRE NEVER LOGIN-DELAY 0 USER",
    ),
    ("courier", "default"): (
        "SASL PLAIN LOGIN STLS USER LOGIN-DELAY 10",
        "SASL PLAIN LOGIN USER LOGIN-DELAY 10",
    ),
}
# After a POP3 log-in from the same address: RCPT on 25, and what 587 says.
AFTER_POP3 = {
    ("sendmail", "default"): ("250 2.1.5", AUTH_NEEDED),
    ("sendmail", "default-auth-only"): (SENDMAIL_25, AUTH_NEEDED),
    ("sendmail", "default-procmail-lda"): ("250 2.1.5", AUTH_NEEDED),
    ("sendmail", "default-procmail-lda-auth-only"): (SENDMAIL_25, AUTH_NEEDED),
    ("sendmail", "pop-only"): ("250 2.1.5", "250 2.1.5"),
    ("sendmail", "legacy-2003"): ("250 2.1.5", AUTH_NEEDED),
    ("postfix", "popb4"): ("250 2.1.5", "250 2.1.5"),
}
# What RFC 3207 and RFC 2920 leave open: STARTTLS without EHLO, and behind EHLO in one segment.
STARTTLS_SAID = {
    ("postfix", "dovecot-sasl"): ("220", "220"),
    ("sendmail", "default-auth-only"): ("220", "554"),
    ("exim", "default"): ("503", "220"),
    ("opensmtpd", "default"): ("503", "500"),
    ("courier", "default"): ("220", "220"),
}
