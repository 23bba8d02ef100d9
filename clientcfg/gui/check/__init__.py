# SPDX-License-Identifier: MPL-2.0
"""Check a server: what it takes, who it is, and which programs can send there."""
