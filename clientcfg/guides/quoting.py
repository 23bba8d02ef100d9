# SPDX-License-Identifier: MPL-2.0
"""How a value stands in a line of a settings file, so that it stays one value.

Values are clean before (:func:`clientcfg.guides.mailbox.clean`): on one line,
without control characters.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote

_QUOTED: Final = '\\"'


def _escaping(characters: str) -> Callable[[str], str]:
    pattern = re.compile(f"[{re.escape(characters)}]")
    return lambda text: pattern.sub(r"\\\g<0>", text)


def _word(text: str) -> str:
    return text if re.fullmatch(r"[\w@.+-]+", text) else f'"{_escaping(_QUOTED)(text)}"'


# "word": bare where it cannot be taken for more than one word, else quoted.
# "string": between double quotes, where nothing but \ and " means something;
# "shell": between double quotes where $ and ` do, too; "single": between single quotes.
STYLES: Final[Mapping[str, Callable[[str], str]]] = {
    "plain": lambda text: text,
    "url": lambda text: quote(text, safe=""),
    "string": _escaping(_QUOTED),
    "shell": _escaping('\\"$`'),
    "single": _escaping("\\'"),
    "word": _word,
}
