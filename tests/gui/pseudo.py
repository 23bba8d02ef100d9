# SPDX-License-Identifier: MPL-2.0
"""A language that nobody speaks: English with accents, and 40 % longer, to see what it breaks."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from clientcfg import words
from clientcfg.po import Catalog

_ACCENTED = str.maketrans("aeiouyAEIOU", "åéîøüÿÅÉÎØÜ")
_WORD = "øøøøø"


def longer(text: str) -> str:
    """*text* as the pseudo-language has it; what stands in braces and mnemonics stay."""
    out, depth, before = [], 0, ""
    for letter in text:
        depth += (letter == "{") - (letter == "}")
        kept = depth or before == "&" or letter == "}"
        out.append(letter if kept else letter.translate(_ACCENTED))
        before = letter
    missing = round(len(text) * 0.4)
    padding = f" {_WORD}" * (missing // (len(_WORD) + 1)) or "ø" * missing
    return "".join(out) + padding


class _Texts(dict[str, str]):
    def get(self, text: str, _default: object = None) -> str:
        return longer(text)


class _Plurals(dict[tuple[str, str], Sequence[str]]):
    def get(self, pair: tuple[str, str], _default: object = None) -> Sequence[str]:
        return [longer(text) for text in pair]


@contextmanager
def pseudo() -> Iterator[None]:
    """Speak it."""
    before = words._chosen[0]
    words._chosen[0] = Catalog(_Texts(), _Plurals(), lambda count: int(count != 1))
    try:
        yield
    finally:
        words._chosen[0] = before
