# SPDX-License-Identifier: MPL-2.0
"""Solid POP3: it has APOP, but no CAPA."""

from tests.world.zoo.inetd import pop3_server

KINDS = {"default": pop3_server("solid-pop3d", "spop3d")}
