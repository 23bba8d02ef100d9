# SPDX-License-Identifier: MPL-2.0
"""Account and what is there now → plan, for one kind of settings each. Pure."""
