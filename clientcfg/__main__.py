# SPDX-License-Identifier: MPL-2.0
"""``python -m clientcfg`` is the command ``clientcfg``."""

from clientcfg.cli.main import main

if __name__ == "__main__":
    main()
