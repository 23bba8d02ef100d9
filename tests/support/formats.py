# SPDX-License-Identifier: MPL-2.0
"""Every format that writes, as the tests of safe hands want it: one :class:`Row` each.

A new format joins all of them by a row in :data:`ROWS`, a new grammar by one
in :data:`GRAMMARS`; a test fails while a format has none.
"""

from tests.support import mozilla_grammars, outlook_row, override_grammar, thunderbird_row
from tests.support.row import Grammar, Row

ROWS: tuple[Row, ...] = (thunderbird_row.ROW, outlook_row.ROW)
# Those that keep their settings in files of a home.
IN_FILES: tuple[Row, ...] = (thunderbird_row.ROW,)
GRAMMARS: tuple[Grammar, ...] = (*mozilla_grammars.GRAMMARS, override_grammar.GRAMMAR)
