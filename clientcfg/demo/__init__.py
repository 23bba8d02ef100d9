# SPDX-License-Identifier: MPL-2.0
"""Mail servers of our own on loopback, to show the whole job on."""
