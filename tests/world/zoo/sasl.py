# SPDX-License-Identifier: MPL-2.0
"""Cyrus' SASL library, for the servers that ask it."""

from tests.world.zoo.account import LOCAL_PART, PASSWORD

DATABASE = "/etc/world/sasldb2"
MECHANISMS = "PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-256"
#: What an application's own file of settings says.
CONF = f"""\
pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: {DATABASE}
mech_list: {MECHANISMS}
"""


def account(realm: str, owner: str = "root") -> str:
    """Shell that makes the database, with the account in it."""
    return (
        f"printf {PASSWORD} | saslpasswd2 -p -c -f {DATABASE} -u {realm} {LOCAL_PART}\n"
        f"chown {owner} {DATABASE}"
    )
