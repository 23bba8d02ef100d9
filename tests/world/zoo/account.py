# SPDX-License-Identifier: MPL-2.0
"""The names of the zoo, and the one account that every server of it has."""

DOMAIN = "zoo.test"
HOST = f"mail.{DOMAIN}"
LOCAL_PART = "alice"
EMAIL = f"{LOCAL_PART}@{DOMAIN}"
PASSWORD = "wonder1and"
