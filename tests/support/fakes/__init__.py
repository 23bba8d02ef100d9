# SPDX-License-Identifier: MPL-2.0
"""Mail servers on loopback that say what a test wants, and keep every byte they hear."""
