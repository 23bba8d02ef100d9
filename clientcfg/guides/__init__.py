# SPDX-License-Identifier: MPL-2.0
"""Account × client → steps in words."""
