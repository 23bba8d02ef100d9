# SPDX-License-Identifier: MPL-2.0
"""The mechanism picture without Qt: what each cell says when it is read out."""

from clientcfg.flows.picture import Cell, Mark, Picture, PictureRow, mark_words, short
from clientcfg.gui.words import port_line, purpose
from clientcfg.model.mechanism import Mechanism
from clientcfg.words import _


def spoken(mechanism: Mechanism, row: PictureRow, cell: Cell) -> str:
    """One cell as a sentence."""
    place = _("{mechanism}, {host} port {port}").format(
        mechanism=short(mechanism), host=row.endpoint.host, port=row.endpoint.port
    )
    if cell.before is None and cell.after is None:
        return _("{place}: does not exist there").format(place=place)
    if cell.before is None:
        assert cell.after is not None  # noqa: S101 - both None was said above
        return _("{place}: {after}").format(place=place, after=mark_words(cell.after))
    if cell.after is None:
        return _("{place}, not encrypted: {before}").format(
            place=place, before=mark_words(cell.before)
        )
    return _("{place}, before encryption: {before}; after: {after}").format(
        place=place, before=mark_words(cell.before), after=mark_words(cell.after)
    )


def row_spoken(row: PictureRow) -> str:
    """One endpoint as a sentence."""
    endpoint = row.endpoint
    said = [purpose(endpoint.protocol), endpoint.host, port_line(endpoint), row.fault]
    return ", ".join(part for part in said if part)


def marks_used(picture: Picture) -> tuple[Mark, ...]:
    """What the legend has to explain."""
    seen = {m for row in picture.rows for c in row.cells for m in (c.before, c.after)}
    always = {Mark.OFFERED, Mark.NOT_OFFERED}
    order = (Mark.NOT_OFFERED, Mark.OFFERED, Mark.NOT_SEEN, Mark.IN_THE_CLEAR)
    return tuple(m for m in order if m in seen | always)


def legend_words(mark: Mark) -> str:
    """A mark explained."""
    if mark is Mark.IN_THE_CLEAR:
        return _("offered in the clear: a password could be read on the way")
    return mark_words(mark)
