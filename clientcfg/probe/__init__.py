# SPDX-License-Identifier: MPL-2.0
"""What a server really says: one sans-I/O machine a protocol, one driver."""
