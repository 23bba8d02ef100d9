# SPDX-License-Identifier: MPL-2.0
"""Files for the Windows registry, and the changes that they carry."""
