"""Why drafts are rejected: the reasons that editors say most often. The field takes any words."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

REASONS = (
    _("Not about the peace process"),
    _("No event: hoped for, proposed or commented on"),
    _("Misread: wrong people or kind"),
    _("Told as background; too vague to date"),
    _("The same article told again"),
    _("The source is not reliable enough"),
)
OTHER = len(REASONS)


def spellings() -> dict[str, int]:
    """Each reason as an editor of any language has it, and its place in the list."""
    found: dict[str, int] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {str(reason).casefold(): n for n, reason in enumerate(REASONS)}
    return found


def class_of(reason: str, known: dict[str, int]) -> int:
    """The place in REASONS of a reason, whatever an editor has added behind it; OTHER for any other words."""
    words = reason.strip().casefold()
    return next((n for text, n in known.items() if words.startswith(text)), OTHER)


def names() -> list[str]:
    return [*map(str, REASONS), gettext("Another reason")]
