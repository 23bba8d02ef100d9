# SPDX-License-Identifier: MPL-2.0
"""Log in, send one message, see it arrive: over a trusted channel only."""
