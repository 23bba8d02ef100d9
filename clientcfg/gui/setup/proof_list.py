# SPDX-License-Identifier: MPL-2.0
"""The proof as a list: a shape a step, and a line from one to the next."""

from PySide6.QtWidgets import QWidget

from clientcfg.gui.parts.frames import column, empty
from clientcfg.gui.parts.steps import StepRow
from clientcfg.gui.setup.proof_model import Proof, Proofs, in_words
from clientcfg.model.account import Account


class ProofList(QWidget):
    """``steps`` are those that stand there now."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = column(self)
        self.steps: tuple[Proof, ...] = ()

    def tell(self, proofs: Proofs, account: Account, *, coming: bool = False) -> None:
        """Show *proofs*; with *coming* also what is still to come."""
        told = bool(proofs.steps) or coming
        self.steps = in_words(proofs, account, coming=coming) if told else ()
        empty(self._rows)
        for number, proof in enumerate(self.steps):
            # The line on to the next step is lit once that has begun.
            later = self.steps[number + 1 : number + 2]
            after = None if not later else ("begun" if later[0].kind != "" else "")
            self._rows.addWidget(StepRow(proof.kind, proof.text, proof.words, after))
