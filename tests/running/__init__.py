# SPDX-License-Identifier: MPL-2.0
"""What ``./tests/run`` is made of. Standard library only: it runs before anything is installed."""
