# SPDX-License-Identifier: MPL-2.0
"""Small widgets that every page is made of."""
