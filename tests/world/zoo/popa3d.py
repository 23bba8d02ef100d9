# SPDX-License-Identifier: MPL-2.0
"""popa3d: POP3 with nothing but what RFC 1939 demands; it has no CAPA."""

from tests.world.zoo.inetd import pop3_server

KINDS = {"default": pop3_server("popa3d", "popa3d", "mkdir -p /var/lib/popa3d\n")}
