# SPDX-License-Identifier: MPL-2.0
"""The client's side of SASL mechanisms; never opens a connection."""
