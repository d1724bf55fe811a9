"""What is asked of the network page beside the filters: all of it is in the address, and so are the ways on."""

from dataclasses import dataclass, replace

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from peacetracker.analysis.linking import MEASURES
from peacetracker.analysis.network import BODY, LEADER, OF, PARTY, Node, contact_query
from peacetracker.dashboard.links import Pairs, with_query
from peacetracker.dashboard.listing import BESIDES, DATES
from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.filters import PARAMETERS, BadFilter, EventFilter, read_filter
from peacetracker.diplomacy.models import Body, Leader, Party

OWN = ("of", "ego", "from", "to", "sort")
API = "/api/v1/network/"


@dataclass(frozen=True)
class Ties:
    """One state of the page. `of`: which network; `ego`: whose pairs alone; `ends`: the two whose link is asked for."""

    asked: EventFilter
    of: str = "leaders"
    ego: str = ""
    ends: tuple[str, str] = ("", "")
    sort: str = "strength"

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The whole state in one spelling."""
        own = (("of", self.of), ("ego", self.ego), ("from", self.ends[0]), ("to", self.ends[1]), ("sort", self.sort))
        plain = Ties(self.asked)
        usual = {"of": plain.of, "ego": "", "from": "", "to": "", "sort": plain.sort}
        return [*self.asked.query, *(pair for pair in own if pair[1] != usual[pair[0]])]

    def page(self, **changes: object) -> str:
        """This page in another state."""
        return with_query(reverse("dashboard:network"), replace(self, **changes).pairs)  # type: ignore[arg-type]

    def api(self, form: str = "json") -> str:
        of = [("of", self.of)] if self.of != "leaders" else []
        return with_query(API, [("format", form), *of, *self.asked.query])

    def figure(self) -> str:
        """The data of all months, for the window that moves."""
        pairs = [pair for pair in replace(self, ends=("", "")).pairs if pair[0] not in DATES]
        return with_query(reverse("dashboard:network-figure"), pairs)

    def events(self, *more: tuple[str, str]) -> str:
        """The list of just the events that were counted, for some people or a body."""
        pairs: Pairs = [*contact_query(self.asked), *more]
        return with_query(reverse("dashboard:events"), pairs)

    def of_one(self, node: Node) -> str:
        """The counted events of one person, party or body."""
        return self.events(({LEADER: "leader", PARTY: "party", BODY: "commission"}[node.type], node.id))

    def shared(self, one: Node, other: Node) -> str | None:
        """The counted events that two share; None where no list of events can ask for that."""
        if {one.type, other.type} == {LEADER}:
            return self.events(("with", one.id), ("with", other.id))
        if {one.type, other.type} == {LEADER, BODY}:
            body, person = (one, other) if one.type == BODY else (other, one)
            return self.events(("commission", body.id), ("leader", person.id))
        return None


def read_ties(request: HttpRequest) -> Ties:
    """The state that the address asks for. Raises BadFilter."""
    params = request.GET
    asked = read_filter(params, lenient=True, besides=(*BESIDES, *OWN))
    of = _one_of(params, "of", OF)
    given = {name: params.get(name, "").strip() for name in ("ego", "from", "to")}
    if of == "parties" and given["ego"]:
        pk = PARAMETERS["party"].read("ego", [given["ego"]])[0]
        given["ego"] = str(Party.objects.values_list("code", flat=True).get(pk=pk))
    named = people_called({slug for slug in given.values() if slug})
    if of == "commissions" and Body.objects.public().filter(slug=given["ego"]).exists():
        named[given["ego"]] = given["ego"]
    for name, slug in given.items():
        if slug and slug not in named and not (name == "ego" and of == "parties"):
            PARAMETERS["leader"].read(name, [slug])
    found = {name: named.get(slug, slug) for name, slug in given.items()}
    ends = (found["from"], found["to"])
    return Ties(asked, of, found["ego"], ends, _one_of(params, "sort", MEASURES, "strength"))


def people_called(slugs: set[str]) -> dict[str, str]:
    """The people of these slugs, each by the slug it has now: that of the heir, where one was merged."""
    if not slugs:
        return {}
    rows = Leader.objects.exclude(visibility=Visibility.WITHDRAWN).filter(slug__in=slugs)
    return {slug: heir or slug for slug, heir in rows.values_list("slug", "heir__slug")}


def _one_of(params: QueryDict, name: str, known: tuple[str, ...], usual: str = "") -> str:
    value = params.get(name) or usual or known[0]
    if value not in known:
        raise BadFilter(name, _("“%(value)s” is not a value of %(name)s.") % {"value": value, "name": name}, known)
    return value
