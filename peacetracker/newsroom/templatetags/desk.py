"""What waits at the desk, for the first page of the admin."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import Min
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peacetracker.newsroom.models import Draft, Feed, Report

register = template.Library()


@dataclass(frozen=True)
class Number:
    """A count, what it counts, the address of its list; how long the oldest waits, and the address of the first."""

    count: int
    what: str
    address: str
    oldest: str = ""
    first: str = ""


@register.simple_tag(takes_context=True)
def desk_numbers(context: dict[str, Any]) -> list[Number]:
    """What waits, as far as this user may see it."""
    may = context["request"].user.has_perm
    makers = {"draft": _drafts, "report": _reports, "feed": _feeds}
    return [make() for noun, make in makers.items() if may(f"newsroom.view_{noun}")]


def _drafts() -> Number:
    waiting = Draft.objects.waiting()
    count, since = waiting.count(), waiting.aggregate(since=Min("created_at"))["since"]
    first = waiting.in_queue_order().values_list("pk", flat=True).first()
    return Number(
        count,
        ngettext("draft waiting", "drafts waiting", count),
        reverse("admin:newsroom_draft_changelist"),
        _("the oldest for %(time)s") % {"time": timesince(since, depth=1)} if since else "",
        reverse("admin:newsroom_draft_change", args=[first]) if first else "",
    )


def _reports() -> Number:
    count = Report.objects.filter(state=Report.State.WAITING).count()
    address = reverse("admin:newsroom_report_changelist") + "?state__exact=waiting"
    return Number(count, ngettext("report waiting", "reports waiting", count), address)


def _feeds() -> Number:
    count = Feed.objects.failing().count()
    address = reverse("admin:newsroom_feed_changelist") + "?failing=yes"
    return Number(count, ngettext("feed failing", "feeds failing", count), address)
