# SPDX-License-Identifier: MPL-2.0
"""The words that every room shares: frozen, documented, without any I/O."""
