# SPDX-License-Identifier: MPL-2.0
"""Server report × client × policy → verdict. Pure: any clock is passed in."""
