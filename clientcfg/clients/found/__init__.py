# SPDX-License-Identifier: MPL-2.0
"""Looking for installed programs, as the ``[[found]]`` rows of the profiles say."""
