# SPDX-License-Identifier: MPL-2.0
"""How fast, how light and how patient the probe is, beside a floor or a peer. No tests."""
