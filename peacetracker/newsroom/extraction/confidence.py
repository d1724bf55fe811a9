"""How likely a draft is right, from what the text tells and how."""

from __future__ import annotations

import math

from .lexicon import rules
from .told import Told

MANY = 4  # people: longer lists are more often wrong


def points(told: Told) -> float:
    """The sum of the cues that speak for and against an event, before the curve."""
    weights = rules("confidence")["points"]
    return float(weights["start"]) + sum(float(weights[name]) for name in _cues(told))


def _cues(told: Told) -> list[str]:
    held = {
        "day_told": told.dated and told.precision == "day",
        "told_again": told.mentions > 1,
        "all_named": len(told.people) >= 2 and all(p.how == "named" for p in told.people),
        "pronoun": any(p.how == "anaphora" for p in told.people),
        "reference": told.reference or told.background,
        "no_date": told.date is None,
        "many_people": len(told.people) > MANY,
        "no_people": not told.people,
        "title_only": told.is_title,
    }
    return [name for name, holds in held.items() if holds]


def likelihood(score: float) -> float:
    """The share of drafts with so many points that were right where no rule had seen the text."""
    curve = rules("confidence")["curve"]
    rise = 1 / (1 + math.exp(-(curve["intercept"] + curve["slope"] * (score - curve["centre"]))))
    return round(float(curve["lowest"] + (curve["highest"] - curve["lowest"]) * rise), 2)
