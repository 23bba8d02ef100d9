# SPDX-License-Identifier: MPL-2.0
"""Which mail programs exist, what each version can do, which are installed here."""
