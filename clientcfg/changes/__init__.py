# SPDX-License-Identifier: MPL-2.0
"""Places, plans and the journal: show, apply, undo; filling in secrets."""
