"""What search engines read beside a page: schema.org, as data, never as script."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from peacetracker.diplomacy.calling import called
from peacetracker.diplomacy.models import Body, Leader, Place, Proposal, Tenure

STATUS = {
    "held": "https://schema.org/EventScheduled",
    "scheduled": "https://schema.org/EventScheduled",
    "cancelled": "https://schema.org/EventCancelled",
    "denied": "https://schema.org/EventCancelled",
}


def event_data(document: Mapping[str, Any], url: str, parties: Mapping[str, str]) -> dict[str, Any]:
    """An event in the words of schema.org. Its date is as exact as known, and no more."""
    known = {"year": 4, "month": 7}.get(document["date_precision"], 10)
    place = document["place"]
    return _known({
        "@type": "Event",
        "name": document["title"],
        "description": document["summary"],
        "url": url,
        "startDate": document["date"][:known],
        "endDate": document["end_date"],
        "eventStatus": STATUS[document["status"]],
        "location": {
            "@type": "Place",
            "name": called(place["name"]),
            "address": {"@type": "PostalAddress", "addressCountry": place["country"]},
            "geo": {"@type": "GeoCoordinates", "latitude": place["lat"], "longitude": place["lon"]},
        } if place else {"@type": "VirtualLocation", "url": url},
        "attendee": [
            {"@type": "Person", "name": called(part["leader"]["name"]), "jobTitle": called(part["office"] or "")}
            for part in document["participants"]
        ],
        "organizer": [{"@type": "Organization", "name": parties.get(code, code)} for code in document["parties"]],
        "citation": [source["url"] for source in document["sources"]],
    })  # fmt: skip


def _known(found: dict[str, Any]) -> dict[str, Any]:
    """Only what is known."""
    return {"@context": "https://schema.org", **{name: value for name, value in found.items() if value}}


def _partial(day: date | None, precision: str) -> str:
    """A date as exactly as it is known; empty where it is not."""
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)] if day else ""


def crumbs(ways: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The way to a page: names and addresses, the page itself last."""
    steps = [
        {"@type": "ListItem", "position": n, "name": name, "item": url} for n, (name, url) in enumerate(ways, 1)
    ]  # fmt: skip
    return _known({"@type": "BreadcrumbList", "itemListElement": steps})


def person_data(leader: Leader, tenures: Iterable[Tenure], url: str) -> dict[str, Any]:
    """A person with offices as dated roles."""
    roles = [
        {
            key: value
            for key, value in {
                "@type": "Role",
                "startDate": _partial(tenure.start, tenure.start_precision),
                "endDate": _partial(tenure.end, tenure.end_precision),
                "hasOccupation": {"@type": "Occupation", "name": tenure.office.title},
            }.items()
            if value
        }
        for tenure in tenures
    ]
    return _known({
        "@type": "Person", "name": leader.name, "url": url, "alternateName": list(leader.name_native.values()),
        "affiliation": {"@type": "Organization", "name": leader.party.name} if leader.party else None,
        "hasOccupation": roles,
    })  # fmt: skip


def body_data(body: Body, url: str) -> dict[str, Any]:
    return _known({
        "@type": "Organization", "name": body.name, "url": url, "description": body.mandate,
        "alternateName": list(body.name_native.values()), "foundingDate": body.established,
        "dissolutionDate": body.dissolved,
        "parentOrganization": {"@type": "Organization", "name": body.part_of.name} if body.part_of else None,
        "member": [
            {key: value for key, value in {
                "@type": "OrganizationRole", "roleName": seat.role, "startDate": seat.start, "endDate": seat.end,
                "member": {"@type": "Person", "name": seat.leader.name},
            }.items() if value}
            for seat in body.memberships.all()
        ],
    })  # fmt: skip


def place_data(place: Place, url: str) -> dict[str, Any]:
    return _known({
        "@type": "Place", "name": place.name, "url": url,
        "alternateName": [*place.name_native.values(), *place.other_names],
        "geo": {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon},
    })  # fmt: skip


def proposal_data(proposal: Proposal, url: str) -> dict[str, Any]:
    after = proposal.succeeds
    return _known({
        "@type": "CreativeWork", "name": proposal.name, "url": url, "description": proposal.summary,
        "dateCreated": _partial(proposal.date, proposal.date_precision), "creativeWorkStatus": proposal.status,
        "author": [{"@type": "Organization", "name": party.name} for party in proposal.proposer.all()],
        "isBasedOn": {"@type": "CreativeWork", "name": after.name} if after else None,
        "hasPart": [{"@type": "CreativeWork", "position": point.n, "name": point.title or "", "text": point.text}
                    for point in proposal.points.all()],
        "citation": [cited.source.url for cited in proposal.citations.all()],
    })  # fmt: skip


def dataset_data(site: str, *, name: str, about: str, first: date | None, until: date | None) -> dict[str, Any]:
    """The whole record, with the forms in which it can be taken away."""
    forms = {"csv": "text/csv", "jsonl": "application/jsonl", "parquet": "application/vnd.apache.parquet",
             "geojson": "application/geo+json"}  # fmt: skip
    return _known({
        "@type": "Dataset", "name": name, "description": about, "url": f"{site}/data/",
        "license": "https://creativecommons.org/licenses/by/4.0/", "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "Peace Tracker", "url": f"{site}/"},
        "temporalCoverage": f"{first.isoformat()}/{until.isoformat()}" if first and until else None,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": media, "contentUrl": f"{site}/api/v1/events/?format={form}"}
            for form, media in forms.items()
        ],
    })  # fmt: skip
