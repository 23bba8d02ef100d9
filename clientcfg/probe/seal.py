# SPDX-License-Identifier: MPL-2.0
"""The probe's seal, without which nobody can say that a channel may be trusted."""

from typing import Final

from clientcfg.model.channel import Seal, take_seal

SEAL: Final[Seal] = take_seal()
