# SPDX-License-Identifier: MPL-2.0
"""The catalogs of ``resources/locale``: what they should hold. See docs/translating.md."""
