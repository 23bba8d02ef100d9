# SPDX-License-Identifier: MPL-2.0
"""Fuzz targets: ``python -m tests.fuzz.conversations``; see there."""
