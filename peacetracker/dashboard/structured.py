"""What search engines read beside a page: schema.org, as data, never as script."""

from collections.abc import Mapping
from typing import Any

from peacetracker.diplomacy.calling import called

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
    found: dict[str, Any] = {
        "@context": "https://schema.org",
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
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}
