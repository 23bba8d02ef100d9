# SPDX-License-Identifier: MPL-2.0
"""The desktop app: renders events, answers questions."""
