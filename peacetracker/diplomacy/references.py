"""From public names to rows, and ordered lists back to public names."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.db import models
from django.db.models import CharField, Value

from peacetracker.core.columns import write_columns
from peacetracker.diplomacy import tallying
from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.models import (
    Body,
    Commitment,
    Event,
    Leader,
    Office,
    Party,
    PastSlug,
    Place,
    Proposal,
    Publisher,
    Source,
    Topic,
)
from peacetracker.diplomacy.models.base import Record


class UnknownReference(ValueError):
    """A row names something that the record does not have."""


def stable_key(*parts: object) -> str:
    """The public id of a part: twelve hexadecimal digits of what names it. Twelve keep a million parts apart with a
    chance of a collision below one in 500."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:12]


class References:
    """Public names looked up once and remembered: for one transaction, never longer. A name that was merged or renamed
    away stands for what it has become."""

    NAMES: dict[str, tuple[type[models.Model], str]] = {
        "party": (Party, "code"),
        "leader": (Leader, "slug"),
        "office": (Office, "slug"),
        "place": (Place, "slug"),
        "topic": (Topic, "slug"),
        "body": (Body, "slug"),
        "proposal": (Proposal, "slug"),
        "event": (Event, "slug"),
        "commitment": (Commitment, "slug"),
        "publisher": (Publisher, "domain"),
    }

    def __init__(self) -> None:
        self._ids: dict[str, dict[str, int]] = {}
        self._sources: dict[str, Source] = {}

    def _known(self, noun: str) -> dict[str, int]:
        if noun not in self._ids:
            model, name = self.NAMES[noun]
            ids = dict(model._default_manager.values_list(name, "pk"))
            self._ids[noun] = ids | {old: ids[now] for old, now in self._moved.get(noun, {}).items() if now in ids}
        return self._ids[noun]

    def forget(self, noun: str) -> None:
        self._ids.pop(noun, None)

    def add(self, noun: str, name: str, pk: int) -> None:
        """Remember a record made just now; names that were never asked for are left to be read when they are."""
        if noun in self._ids:
            self._ids[noun][name] = pk

    def has(self, noun: str, name: str) -> bool:
        return name in self._known(noun)

    def id(self, noun: str, name: str) -> int:
        try:
            return self._known(noun)[name]
        except KeyError:
            raise UnknownReference(f"no {noun} “{name}” in the record") from None

    def id_or_none(self, noun: str, name: str | None) -> int | None:
        return self.id(noun, name) if name else None

    def ids(self, noun: str, names: Iterable[str]) -> list[int]:
        """In the order of the names; two that stand for one record by now count once."""
        return list(dict.fromkeys(self.id(noun, name) for name in names))

    @cached_property
    def _moved(self) -> dict[str, dict[str, str]]:
        return names_now()

    @cached_property
    def _publishers(self) -> dict[str, int]:
        return dict(Publisher.objects.values_list("domain", "pk"))

    def publisher_of(self, url: str) -> int | None:
        """The publisher of the longest known domain that the address ends in."""
        return next((self._publishers[domain] for domain in domains(url) if domain in self._publishers), None)

    def source(self, url: str) -> Source:
        """The source at this address, made if the record does not know it yet."""
        if url not in self._sources:
            self._sources[url], is_new = Source.objects.get_or_create(
                url=url, defaults={"key": stable_key(url), "publisher_id": self.publisher_of(url)}
            )
            if is_new:
                tallying.count_sources([stable_key(url)])
        return self._sources[url]

    def prepare_sources(self, urls: Iterable[str]) -> None:
        """Make all missing sources in one go."""
        wanted = set(urls)
        self._sources |= (
            {source.url: source for source in Source.objects.filter(url__in=wanted).iterator()}
            if (len(wanted) < 500)
            else {source.url: source for source in Source.objects.iterator() if source.url in wanted}
        )
        missing = sorted(wanted - self._sources.keys())
        made = [Source(url=url, key=stable_key(url), publisher_id=self.publisher_of(url)) for url in missing]
        Source.objects.bulk_create(made)
        tallying.count_sources(one.key for one in made)
        self._sources |= {source.url: source for source in made}


def domains(url: str) -> list[str]:
    """The names that an address ends in, the longest first: `www.mfa.am`, `mfa.am`."""
    labels = (urlsplit(url).hostname or "").lower().strip(".").split(".")
    return [".".join(labels[i:]) for i in range(len(labels) - 1)]


def publishers(urls: Iterable[str]) -> Callable[[str], Publisher | None]:
    """Tells the publisher of each of these addresses, as `publisher_of` does; one query for all of them."""
    named = {url: domains(url) for url in set(urls)}
    asked = {domain for names in named.values() for domain in names}
    known = {one.domain: one for one in Publisher.objects.filter(domain__in=asked)} if asked else {}
    found = {url: next((known[name] for name in names if name in known), None) for url, names in named.items()}
    return found.__getitem__


def names_now() -> dict[str, dict[str, str]]:
    """By noun: old name → name of today, of all records that were merged or renamed. One query."""
    parts: list[Any] = [PastSlug.objects.values_list("noun", "slug", "became")]
    for noun, (model, _name) in References.NAMES.items():
        if issubclass(model, Record):
            merged = model.objects.filter(visibility=Visibility.MERGED).order_by()
            parts.append(merged.values_list(Value(noun, CharField()), "slug", "heir__slug"))
    became: dict[str, dict[str, str]] = defaultdict(dict)
    for noun, name, after in parts[0].union(*parts[1:], all=True):
        became[noun][name] = after
    return {noun: {name: _at_last(name, names) for name in names} for noun, names in became.items()}


def _at_last(name: str, became: Mapping[str, str]) -> str:
    seen = {name}
    while name in became and became[name] not in seen:
        name = became[name]
        seen.add(name)
    return name


def settle_publishers() -> None:
    """Give the sources without a publisher the one of their domain: a page may be known before its publisher is."""
    refs = References()
    sources = list(Source.objects.filter(publisher=None))
    for source in sources:
        source.publisher_id = refs.publisher_of(source.url)
    write_columns([one for one in sources if one.publisher_id], ["publisher"])


def put_list(owner: models.Model, field: str, ids: Sequence[int], *, fresh: bool = False) -> bool:
    """Set a many-to-many list in this order; True if it changed. (`set()` and `add()` lose the order.)

    `fresh`: the owner was made just now, so there is nothing to compare with.
    """
    through, own, other = _through(type(owner), field)
    rows = through._default_manager.filter(**{own: owner.pk})
    if not fresh:
        if list(rows.order_by("pk").values_list(other, flat=True)) == list(ids):
            return False
        rows.delete()
    through._default_manager.bulk_create(through(**{own: owner.pk, other: pk}) for pk in ids)
    return True


def lists(model: type[models.Model], field: str, owners: Iterable[int], name: str) -> dict[int, list[str]]:
    """For each owner the names in a many-to-many list, in the order in which they were put there."""
    through, own, other = _through(model, field)
    found: dict[int, list[str]] = defaultdict(list)
    rows = through._default_manager.filter(**{f"{own}__in": list(owners)}).order_by("pk")
    for owner, value in rows.values_list(own, f"{other.removesuffix('_id')}__{name}"):
        found[owner].append(value)
    return found


def listed(owner: models.Model, field: str) -> list[Any]:
    """What stands in one many-to-many list, in the order in which it was put there."""
    through, own, other = _through(type(owner), field)
    name = other.removesuffix("_id")
    rows = through._default_manager.filter(**{own: owner.pk}).order_by("pk").select_related(name)
    return [getattr(row, name) for row in rows]


def _through(model: type[models.Model], field: str) -> tuple[type[models.Model], str, str]:
    many: Any = model._meta.get_field(field)
    return many.remote_field.through, f"{many.m2m_field_name()}_id", f"{many.m2m_reverse_field_name()}_id"


# The column that holds the public name of a row.
NAMES_OF: dict[type[models.Model], str] = dict(References.NAMES.values())
