# SPDX-License-Identifier: MPL-2.0
"""What is run by hand to make parts of this repository; none of it is in the wheel."""
