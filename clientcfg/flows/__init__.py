# SPDX-License-Identifier: MPL-2.0
"""The jobs that both faces do, in the order of their questions."""
