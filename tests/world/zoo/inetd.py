# SPDX-License-Identifier: MPL-2.0
"""POP3 without TLS: programs that inetd starts for each client, for users of the machine."""

from tests.world import loopback
from tests.world.zoo.account import LOCAL_PART, PASSWORD
from tests.world.zoo.kind import Kind

_START = f"""
account {LOCAL_PART} 971
echo "{LOCAL_PART}:$(openssl passwd -6 {PASSWORD}):20000::::::" >>/etc/shadow
chmod 1777 /var/mail
install -o {LOCAL_PART} -g mail -m 660 /dev/null /var/mail/{LOCAL_PART}
"""


def pop3_server(package: str, user: str, more: str = "") -> Kind:
    """The server of a Debian package that wants a user of its own; ``more`` is shell."""
    return Kind(
        packages=package,
        ports=frozenset({loopback.POP3}),
        files={
            "etc/inetd.conf": (
                f"@ADDRESS@:pop3 stream tcp4 nowait root.mail /usr/sbin/{package} {package}\n"
            )
        },
        start=f"account {user} 972{_START}{more}inetd -i </dev/null &",
        user=LOCAL_PART,
    )
