# SPDX-License-Identifier: MPL-2.0
"""The Windows registry, read from Windows itself, from exported files and from Wine."""
