"""Names of what the record's closed lists hold, as pages and figures call them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peacetracker.analysis.timeline import GROUND, STATEMENTS
from peacetracker.diplomacy.choices import Kind, Level, Stance, Status, Track

KIND_NAMES = {kind: kind.label for kind in Kind}
STATUS_NAMES = {status: status.label for status in Status}
STANCE_NAMES = {stance: stance.label for stance in Stance}
LANE_NAMES = {
    Track.DIRECT: _("Direct"),
    Track.EU: _("EU"),
    Track.RUSSIA: _("Russia"),
    Track.US: _("United States"),
    Track.OTHER: _("Others"),
    Track.COMMISSIONS: _("Commissions"),
    GROUND: _("On the ground"),
    STATEMENTS: _("Statements"),
}
# The same where a phone leaves 40 pixels for each.
BRIEF_NAMES = {
    Track.DIRECT: pgettext_lazy("lane in brief", "Direct"),
    Track.EU: pgettext_lazy("lane in brief", "EU"),
    Track.RUSSIA: pgettext_lazy("lane in brief", "Russia"),
    Track.US: pgettext_lazy("lane in brief", "US"),
    Track.OTHER: pgettext_lazy("lane in brief", "Oth."),
    Track.COMMISSIONS: pgettext_lazy("lane in brief", "Com."),
    GROUND: pgettext_lazy("lane in brief", "Inc."),
    STATEMENTS: pgettext_lazy("lane in brief", "Said"),
}
# What a facet is called above its choices, and its choices where the plain value says too little.
FACET_NAMES = {
    "joint": _("Who took part"),
    "level": _("Level"),
    "track": _("Format"),
    "kind": _("Kind"),
    "status": _("Status"),
    "topic": _("Topic"),
}
YEAR_NAME = _("Year")
# The nouns beside events, in the order in which a search shows them.
NOUN_NAMES = {
    "leader": _("People"),
    "body": _("Commissions"),
    "proposal": _("Proposals"),
    "place": _("Places"),
    "topic": _("Topics"),
    "party": _("Parties"),
}
# One of them.
ONE_NAMES = {
    "event": _("Event"),
    "leader": _("Person"),
    "body": _("Commission or body"),
    "proposal": _("Proposal"),
    "place": _("Place"),
    "topic": _("Topic"),
    "party": _("Party"),
}
OPTION_NAMES: dict[tuple[str, str], Any] = {
    ("joint", "true"): _("Both sides"),
    ("joint", "false"): _("One side, or no contact"),
    **{("track", track): LANE_NAMES[track] for track in Track},
    ("level", Level.OTHER): _("Other officials"),
}
# Parameters whose values are a closed list.
CLOSED = {"track": Track, "level": Level, "kind": Kind, "status": Status}
SIDE_NAMES = {"AM": _("Armenia"), "AZ": _("Azerbaijan")}
GAUGE_NAMES = {
    "leaders": (_("Leaders"), _("heads of state and government of both sides, call or meeting")),
    "ministers": (_("Ministers"), _("ministers and officials of like rank of both sides, call or meeting")),
    "commissions": (_("Commissions"), _("joint sessions on border and transport")),
}
NETWORK_NAMES = (
    ("leaders", _("People")),
    ("parties", _("Parties")),
    ("commissions", _("Commissions")),
    ("events", _("People and events")),
)
BAND_NAMES = {
    "leaders": (
        _("Heads of state and government"),
        _("Ministers, speakers, heads of security councils and organisations"),
        _("Deputy ministers and deputy prime ministers"),
        _("Envoys, ambassadors and other officials"),
    ),
    "commissions": (_("Commissions, working groups and formats"), _("Third parties")),
}
# Key, what it is called, what it means in plain words.
MEASURE_NAMES = (
    ("events", _("Contacts"), _("held contacts at which the person is recorded")),
    ("degree", _("Counterparts"), _("how many others were at those contacts (degree)")),
    (
        "strength",
        _("Pair contacts"),
        _("contacts summed over all counterparts: one with three others counts three (strength)"),
    ),
    (
        "betweenness",
        _("In between"),
        _("of the shortest ways between any two others, the share that leads through this person (betweenness)"),
    ),
    (
        "closeness",
        _("Near to all"),
        _("1 means one step from everybody; the more steps, the lower (closeness)"),
    ),
)
# What points of proposals are about.
SUBJECT_NAMES = {
    "claims": _("Territorial claims"),
    "recognition": _("Recognition, sovereignty, borders"),
    "status": _("Nagorno-Karabakh"),
    "legal": _("Legal claims and domestic law"),
    "force": _("Use of force and security"),
    "interference": _("Non-interference"),
    "delimitation": _("Delimitation of the border"),
    "relations": _("Diplomatic relations"),
    "transport": _("Transport and communications"),
    "people": _("Prisoners, missing and displaced people"),
    "intolerance": _("Intolerance and rhetoric"),
    "talks": _("Talks, mediation, commissions"),
    "cooperation": _("Cooperation"),
    "text": _("The treaty and its entry into force"),
    "other": _("Other points"),
}
