# SPDX-License-Identifier: MPL-2.0
"""Thunderbird and its kin: ``prefs.js``, the login store, and a profile where there is none."""

from clientcfg.formats.thunderbird.format import Thunderbird

__all__ = ["Thunderbird"]
