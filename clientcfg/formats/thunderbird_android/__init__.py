# SPDX-License-Identifier: MPL-2.0
"""Thunderbird for Android and K-9 Mail from 8.0 on: what they read from a QR code and a file."""
