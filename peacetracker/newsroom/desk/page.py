"""The page of one draft: articles with their marked sentences, the proposed event by field, its possible twins."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peacetracker.core.dates import in_words
from peacetracker.newsroom import evidence, review
from peacetracker.newsroom.desk.choices import Choices
from peacetracker.newsroom.desk.duplicates import twins
from peacetracker.newsroom.desk.forms import AddressForm, Mending
from peacetracker.newsroom.models import Article, Decision, Draft, DraftSource, Reading

SURE, FAIRLY_SURE = 0.8, 0.6
NOUNS = ("leaders", "places", "topics", "bodies", "proposals")
# What editors say most often; the field takes any words.
REASONS = (
    gettext_lazy("Not about the peace process"),
    gettext_lazy("No event: hoped for, proposed or commented on"),
    gettext_lazy("Misread: wrong people or kind"),
    gettext_lazy("Told as background; too vague to date"),
    gettext_lazy("The same article told again"),
    gettext_lazy("The source is not reliable enough"),
)


@dataclass(frozen=True)
class Told:
    """An article of the draft as it is shown."""

    article: Article
    title: list[evidence.Piece]
    paragraphs: list[list[evidence.Piece]]
    address: AddressForm | None
    changes: list[Reading]


@dataclass(frozen=True)
class Row:
    """A field of the proposed event: its control or, once decided, its words; the sentences that it was read from."""

    name: str
    label: str
    words: str
    bound: Any = None
    numbers: list[int] = field(default_factory=list)
    note: str = ""


def confidence_in_words(confidence: float) -> str:
    if confidence >= SURE:
        return _("high")
    return _("fair") if confidence >= FAIRLY_SURE else _("low: check every field")


def sources_of(draft: Draft) -> list[DraftSource]:
    return list(draft.sources.select_related("article__side", "article__feed").prefetch_related("article__readings"))


def numbers_of(draft: Draft, sources: Sequence[DraftSource]) -> dict[str, int]:
    """Each sentence of evidence with its number."""
    people = [str(person.get("evidence") or "") for person in draft.participants]
    sentences = [draft.evidence, *draft.field_evidence.values(), *people, *(one.evidence for one in sources)]
    texts = [text for one in sources for text in (one.article.title, one.article.text)]
    return evidence.numbered(sentences, texts)


def context(draft: Draft, sources: Sequence[DraftSource], mending: Mending) -> dict[str, Any]:
    numbers, articles = numbers_of(draft, sources), [one.article for one in sources]
    addresses = {form.article.pk: form for form in mending.addresses}
    shown: set[int] = set()
    told = [_told(article, numbers, addresses.get(article.pk), shown) for article in articles]
    return {
        "draft": draft,
        "told": told,
        "elsewhere": [(n, sentence) for sentence, n in numbers.items() if n not in shown],
        "rows": _rows(draft, mending, numbers, sources),
        "people": _people(mending, numbers),
        "people_numbers": _of(draft, "participants", numbers),
        "mending": mending,
        "twins": twins(draft, articles) if draft.is_waiting else [],
        "confidence": confidence_in_words(draft.confidence),
        "seen": review.seen_at(draft),
        "reasons": REASONS,
        "lists": {
            noun: _searchable(mending.lists, noun) for noun in ("leaders", "places", "topics", "bodies", "proposals")
        },
        "decisions": [] if draft.is_waiting else decisions_on(draft),
    }


def _told(article: Article, numbers: dict[str, int], address: AddressForm | None, shown: set[int]) -> Told:
    title = evidence.anchored(evidence.marked(article.title, numbers), shown)
    text = evidence.anchored(evidence.marked(article.text, numbers), shown)
    changes = [reading for reading in article.readings.all() if reading.edits]
    return Told(article, [piece for paragraph in title for piece in paragraph], text, address, changes)


def _of(draft: Draft, name: str, numbers: dict[str, int]) -> list[int]:
    n = numbers.get(draft.field_evidence.get(name, ""))
    return [n] if n else []


def _rows(draft: Draft, mending: Mending, numbers: dict[str, int], sources: Sequence[DraftSource]) -> list[Row]:
    """The kind rests on the sentence of each article that tells the event; the other fields on the first one's."""
    words, notes = _words(draft, mending.lists), _notes(draft)
    each = {numbers[one.evidence] for one in sources if one.evidence in numbers}
    lines = {bound.name: _of(draft, bound.name, numbers) for bound in mending.fields}
    lines["kind"] = sorted({*lines["kind"], *each})
    return [
        Row(
            bound.name,
            str(bound.label),
            words[bound.name],
            bound,
            lines[bound.name],
            notes.get(bound.name, ""),
        )
        for bound in mending.fields
    ]


def _words(draft: Draft, lists: Choices) -> dict[str, str]:
    many = {
        name: ", ".join(lists.name(name, slug) for slug in getattr(draft, name))
        for name in ("topics", "bodies", "proposals")
    }
    return many | {
        "kind": draft.get_kind_display(),
        "status": draft.get_status_display(),
        "date": in_words(draft.date, draft.date_precision),
        "title": draft.title,
        "summary": draft.summary,
        "place": lists.name("places", draft.place) if draft.place else draft.place_name,
    }


def _notes(draft: Draft) -> dict[str, str]:
    """What an editor should check, or what the text says in words that the record does not have."""
    notes: dict[str, str] = {}
    if draft.date is None:
        notes["date"] = _("The text gives no date. An event needs at least a year.")
    if not draft.place and (draft.place_name or draft.country):
        notes["place"] = _("The text says: %(place)s") % {"place": draft.place_name or draft.country}
    return notes


def _people(mending: Mending, numbers: dict[str, int]) -> list[tuple[Any, list[int]]]:
    def of(form: Any) -> list[int]:
        n = numbers.get(str(form.told.get("evidence") or ""))
        return [n] if n else []

    return [(form, of(form)) for form in mending.people.forms]


def _searchable(lists: Choices, noun: str) -> list[list[str]]:
    return [[one.value, one.label, one.note, one.find] for one in getattr(lists, noun)]


def decisions_on(draft: Draft) -> list[Decision]:
    return list(draft.decisions.select_related("by"))


def differences(draft: Draft, mending: Mending) -> list[tuple[str, str]]:
    """(label, what stands now) for each field in which what an editor sent differs from the draft as it stands."""
    if not mending.is_valid():
        return []
    sent, words = mending.values(), _words(draft, mending.lists)
    labels = {bound.name: str(bound.label) for bound in mending.fields}
    differing = [name for name in labels if sent.get(name) != getattr(draft, name)]
    people = ", ".join(person["name"] for person in draft.participants)
    rows = [(labels[name], words[name] or _("empty")) for name in differing]
    return rows + ([(_("Participants"), people)] if sent["participants"] != draft.participants else [])


def last_editor(draft: Draft) -> str:
    """Who saved this draft last, as the admin's log has it."""
    kind = ContentType.objects.get_for_model(Draft)
    entry = LogEntry.objects.filter(content_type=kind, object_id=str(draft.pk)).select_related("user").first()
    return str(entry.user) if entry else ""
