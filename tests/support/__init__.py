# SPDX-License-Identifier: MPL-2.0
"""What the tests of several rooms share."""
