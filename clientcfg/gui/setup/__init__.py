# SPDX-License-Identifier: MPL-2.0
"""The five steps of setting a program up: pages, and the models behind them without Qt."""
