"""References to people as a sentence makes them, not yet resolved."""

from __future__ import annotations

from dataclasses import dataclass, field

from .model import How

ASIDE = frozenset({"spokesperson"})


HELPERS = frozenset(
    {
        "spokesperson",
        "aide",
        "envoy",
        "ambassador",
        "presidential-aide",
        "deputy",
        "deputy-foreign-minister",
        "other",
        "security-adviser",
    }
)


@dataclass(slots=True)
class Ref:
    """One reference to a person, not yet resolved."""

    how: How
    slugs: tuple[str, ...] = ()
    type: str = ""
    party: str = ""
    name: str = ""
    office_text: str = ""
    number: int = 1
    value: str = ""


@dataclass(slots=True)
class Entity:
    """The words [i, j) that name one or several people."""

    i: int
    j: int
    refs: list[Ref] = field(default_factory=list)
    voice: bool = False
    possessive: bool = False
    country: str = ""
    bare: bool = False
    serves: tuple[str, ...] = ()  # whose spokesperson it is

    @property
    def is_person(self) -> bool:
        return bool(self.refs) and not self.voice


@dataclass(slots=True)
class Known:
    """What the text has told so far of people: full names, and unknown people by surname."""

    full: dict[str, str] = field(default_factory=dict)
    strangers: dict[str, Ref] = field(default_factory=dict)
