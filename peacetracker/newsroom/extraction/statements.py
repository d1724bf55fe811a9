"""A named person's public position, where that is the item's main news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import DraftEvent

if TYPE_CHECKING:
    from .assembly import Assembler


def find_statement(assembler: Assembler) -> DraftEvent | None:
    """The statement that the lead reports; none is recognised yet."""
    return None
