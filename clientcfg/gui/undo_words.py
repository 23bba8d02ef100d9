# SPDX-License-Identifier: MPL-2.0
"""What Undo does, with the number of files where that is all it was. No Qt."""

from clientcfg.words import _


def puts_back(files: int | None, time: str) -> str:
    """Right behind the change. *files* None: there was something else than files."""
    if files is None:
        text = _("Undo puts everything back as it was at {time}.")
    elif files == 1:
        text = _("Undo puts the file back exactly as it was at {time}.")
    elif files == 2:
        text = _("Undo puts both files back exactly as they were at {time}.")
    else:
        text = _("Undo puts all {n} files back exactly as they were at {time}.")
    return text.format(n=files, time=time)


def goes_back(name: str, files: int | None) -> str:
    """Days later, with a program *name* that may be open."""
    if files is None:
        text = _("Close {name} first, then everything goes back.")
    elif files == 1:
        text = _("Close {name} first, then the file goes back.")
    elif files == 2:
        text = _("Close {name} first, then both files go back.")
    else:
        text = _("Close {name} first, then all {n} files go back.")
    return text.format(n=files, name=name)
