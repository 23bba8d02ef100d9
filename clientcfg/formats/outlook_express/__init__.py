# SPDX-License-Identifier: MPL-2.0
"""Outlook Express for Windows, and what keeps its accounts as it does.

Outlook 98 and 2000 in their "Internet Mail Only" mode use the same names in
another key; Windows Mail and Windows Live Mail use them in XML files.
"""
