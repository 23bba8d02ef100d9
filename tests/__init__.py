# SPDX-License-Identifier: MPL-2.0
"""The tests, and what they stand on."""
