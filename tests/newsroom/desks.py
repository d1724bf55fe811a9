"""Drafts as they lie on the desk, and what an editor's browser sends back."""

from datetime import date
from itertools import count

from django.urls import reverse

from peacetracker.newsroom.models import Article, Draft, DraftSource
from tests.newsroom.stories import CALL

QUEUE = reverse("admin:newsroom_draft_changelist")
STRANGERS = [
    {"slug": "ararat-mirzoyan", "name": "Ararat Mirzoyan", "role": "participant"},
    {"slug": None, "name": "Francisco Bustillo", "role": "participant", "office_text": "Foreign Minister"},
]
NAMES = {"vladimir-putin": "Vladimir Putin", "nikol-pashinyan": "Nikol Pashinyan"}
numbers = count()


def a_draft(*, text=CALL, url=None, **changes):
    """A waiting draft of a call, with the article that tells it."""
    people = [{"slug": slug, "name": name, "role": "participant", "evidence": CALL} for slug, name in NAMES.items()]
    number = next(numbers)
    sentence = CALL.split(". ")[0] + "."
    fields = {
        "kind": "call",
        "date": date(2022, 4, 9),
        "date_precision": "day",
        "title": "Putin and Pashinyan speak by phone",
        "summary": "Example News reported a call.",
        "participants": people,
        "evidence": sentence,
        "field_evidence": {"kind": sentence, "date": sentence},
        "story_key": f"story {number}",
    }
    draft = Draft.objects.create(**{**fields, **changes})
    address = f"https://example.org/a/{number}" if url is None else url
    article = Article.objects.create(key=f"key {number}", url=address, title="Report", text=text, lang="en")
    DraftSource.objects.create(draft=draft, article=article, evidence=sentence)
    return draft


def state(draft):
    return Draft.objects.get(pk=draft.pk).state


def address(draft, query=""):
    return reverse("admin:newsroom_draft_change", args=[draft.pk]) + query


def as_shown(page):
    """What a browser would send of the page's form, were nothing touched."""
    mending = page.context["mending"]
    forms = [mending.fields, mending.people.management_form, *mending.people.forms, *mending.addresses]
    sent = {"seen": page.context["seen"]}
    for form in forms:
        for bound in form:
            value = bound.value()
            sent[bound.html_name] = "" if value is None or value is False else value
    sent["date"] = mending.fields.fields["date"].prepare_value(sent["date"] or None)
    return {name: value for name, value in sent.items() if not (name.endswith(("DELETE", "spelling")) and not value)}


def send(client, draft, act, *, page=None, query="", **changes):
    """Open the draft's page, or take the one that is open, change what is told and press a button."""
    page = page or client.get(address(draft))
    return client.post(address(draft, query), {**as_shown(page), "act": act, **changes}, follow=True)
