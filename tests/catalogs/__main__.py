# SPDX-License-Identifier: MPL-2.0
"""``python -m tests.catalogs [LANGUAGE]``: brings all catalogs up to date, or begins a new one."""

import sys

from tests.catalogs.catalogs import TEMPLATE, catalog, catalog_of, catalogs, template, untranslated


def main(languages: list[str]) -> None:
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_text(template(), "utf-8")
    for language in dict.fromkeys([*catalogs(), *languages]):
        path = catalog_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        content = catalog(language, path.read_text("utf-8") if path.is_file() else "")
        path.write_text(content, "utf-8")
        missing = untranslated(content)
        print(f"{path}: {len(missing)} to translate")
        for text in missing[:20]:
            print(f"  {text!r}")


if __name__ == "__main__":
    main(sys.argv[1:])
