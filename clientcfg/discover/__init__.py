# SPDX-License-Identifier: MPL-2.0
"""Where a domain says its servers are: one module a source, all of one shape."""
