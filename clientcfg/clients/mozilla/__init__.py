# SPDX-License-Identifier: MPL-2.0
"""Thunderbird and its kin: where they are, which profile they open, whether they run."""
