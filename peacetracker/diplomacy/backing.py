"""Which pages back something that is public: the address of another one may tell of what was withdrawn."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.models import Account, Citation, Discrepancy, Membership, Position, Source, Tenure

# What points to a page → the paths to the records that show it.
PATHS: dict[Any, tuple[str, ...]] = {
    Citation: ("event", "proposal", "body", "announcement__event", "commitment"),
    Account: ("event",),
    Discrepancy: ("event", "proposal", "tenure__leader"),
    Tenure: ("leader",),
    Membership: ("body",),
    Position: ("proposal",),
    Position.more_sources.through: ("position__proposal",),
}


def _shown(model: Any) -> Q:
    shown = Q()
    for path in PATHS[model]:
        one = Q(**{f"{path}__visibility": Visibility.PUBLIC})
        if path == "commitment":  # is shown with its event alone
            one &= Q(commitment__event__visibility=Visibility.PUBLIC)
        elif path.endswith("proposal") and model not in (Citation, Discrepancy):  # a stand on a topic alone has none
            one |= Q(**{path: None})
        shown |= one
    return shown


def public_citations() -> QuerySet[Citation]:
    return Citation.objects.filter(_shown(Citation))


def public_positions() -> QuerySet[Position]:
    return Position.objects.filter(_shown(Position))


def _backs() -> Q:
    backs = Q()
    for model in PATHS:
        backs |= Q(Exists(model._default_manager.filter(_shown(model), source=OuterRef("pk"))))
    return backs


def public_sources() -> QuerySet[Source]:
    """Every page that a public document names."""
    return Source.objects.filter(_backs())


def hidden_sources() -> QuerySet[Source]:
    """Pages that back withdrawn and merged records alone. Those are few, so that these are quickly counted."""
    hidden = (Visibility.WITHDRAWN, Visibility.MERGED)
    first, *others = (
        model._default_manager.filter(**{f"{path}__visibility__in": hidden}).order_by().values("source")
        for model, paths in [*PATHS.items(), (Citation, ("commitment__event",))]
        for path in paths
    )
    return Source.objects.filter(~_backs(), pk__in=first.union(*others))
