# SPDX-License-Identifier: MPL-2.0
"""Configuration profiles for Mail on macOS, iOS and iPadOS, signed or not."""
