"""What waits at the desk, for the first page of the admin."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from peacetracker.newsroom.models import Draft, Feed, Report

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_numbers(context: dict[str, Any]) -> list[tuple[int, str, str]]:
    """(count, what, address of the list) for what this user may see."""
    may = context["request"].user.has_perm
    reports = Report.objects.filter(state=Report.State.WAITING)
    wanted = [
        ("draft", Draft.objects.waiting(), _("drafts waiting"), ""),
        ("report", reports, _("reports waiting"), "?state__exact=waiting"),
        ("feed", Feed.objects.failing(), _("feeds failing"), "?failing=yes"),
    ]
    return [
        (rows.count(), what, reverse(f"admin:newsroom_{noun}_changelist") + query)
        for noun, rows, what, query in wanted
        if may(f"newsroom.view_{noun}")
    ]
