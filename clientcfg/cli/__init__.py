# SPDX-License-Identifier: MPL-2.0
"""The command line: renders events, answers questions."""
