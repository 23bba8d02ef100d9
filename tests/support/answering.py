# SPDX-License-Identifier: MPL-2.0
"""An answerer that knows the password, agrees to nothing else, and keeps what was asked."""

from dataclasses import dataclass, field

from clientcfg.flows.question import ClientRuns, HostToConfirm, PasswordWanted
from clientcfg.model.secret import Secret


@dataclass(slots=True)
class Says:
    """``password`` is what it answers with, None for nothing."""

    secret: Secret | None = None
    asked: list[PasswordWanted] = field(default_factory=list)

    async def password(self, wanted: PasswordWanted) -> Secret | None:
        self.asked.append(wanted)
        return self.secret

    async def accept_host(self, host: HostToConfirm) -> bool:
        return False

    async def wait_for_client(self, runs: ClientRuns) -> bool:
        return False

    async def go_on(self, review: object) -> bool:
        return False
