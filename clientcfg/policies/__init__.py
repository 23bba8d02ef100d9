# SPDX-License-Identifier: MPL-2.0
"""What mail providers have decided about log-ins, from ``profiles/providers/``."""
