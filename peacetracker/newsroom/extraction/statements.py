"""A named person's public position, where that is the item's main news."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from .model import DraftEvent

if TYPE_CHECKING:
    from .assembly import Assembler


def find_statement(assembler: Assembler) -> DraftEvent | None:
    """The statement that the lead reports, if any."""
    return None


__all__ = ["date", "find_statement"]
