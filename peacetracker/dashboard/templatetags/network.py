"""Signs and addresses of the network page."""

from django import template
from django.utils.translation import gettext as _

from peacetracker.analysis.network import BODY, Node
from peacetracker.dashboard.templatetags.tracker import party_class
from peacetracker.dashboard.ties import Ties
from peacetracker.dashboard.words import LANE_NAMES

register = template.Library()


@register.simple_tag
def state(ties: Ties, **changes: str) -> str:
    """The address of this page in another state: `ego`, `of`, `sort`."""
    return ties.page(**changes)


@register.simple_tag
def shared(ties: Ties, one: Node, other: Node) -> str:
    """The list of the events that two share; empty where no list can ask for that."""
    return ties.shared(one, other) or ""


@register.filter
def track_name(track: str) -> str:
    return str(LANE_NAMES[track]) if track in LANE_NAMES else _("no third party to name")


@register.filter
def node_class(kind: str, party: str | None) -> str:
    """The colour of a node: that of its party; bodies in ink."""
    return "node-body" if kind == BODY else party_class(party)
