# SPDX-License-Identifier: MPL-2.0
"""The client's side of SASL mechanisms; never opens a connection."""

from clientcfg.sasl.choice import SUPPORTED, choose, conversation
from clientcfg.sasl.conversation import Conversation, SaslTrouble

__all__ = ["SUPPORTED", "Conversation", "SaslTrouble", "choose", "conversation"]
