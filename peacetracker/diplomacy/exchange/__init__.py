"""The record as files: data/*.jsonl in and out."""

from peacetracker.diplomacy.exchange.dumping import DUMPS, rows
from peacetracker.diplomacy.exchange.loading import Report, is_loaded, load
from peacetracker.diplomacy.exchange.schema import BadLine, check_row

__all__ = ["DUMPS", "BadLine", "Report", "check_row", "is_loaded", "load", "rows"]
