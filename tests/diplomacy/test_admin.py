import pytest
from django.contrib import admin
from django.urls import reverse

from peacetracker.core.models import User
from peacetracker.diplomacy.models import Event, Party, Topic
from tests.factories import a_world, an_event

pytestmark = pytest.mark.django_db
NOUNS = [model._meta.model_name for model in admin.site._registry if model._meta.app_label == "diplomacy"]


@pytest.fixture
def desk(client):
    client.force_login(User.objects.create_superuser("chief"))
    return client


def filled(page):
    """What a browser would send back of a form as it stands."""
    context, data = page.context, {}
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            data[bound.html_name] = value
    return {name: value for name, value in data.items() if value is not None and value is not False and value != ""}


@pytest.mark.parametrize("noun", NOUNS)
def test_it_lists_each_noun_of_the_record(desk, noun):
    an_event()
    assert desk.get(reverse(f"admin:diplomacy_{noun}_changelist")).status_code == 200


def test_it_changes_an_event_in_one_version(desk):
    event = an_event()
    address = reverse("admin:diplomacy_event_change", args=[event.pk])
    data = filled(desk.get(address)) | {"title": "Mended", "reason_for_change": "A slip of the pen."}
    answer = desk.post(address, data)
    assert answer.status_code == 302, answer.context["errors"]
    last = event.versions.get(recorded_to=None)
    assert (event.versions.count(), last.reason) == (2, "A slip of the pen.")
    assert '"Mended"' in last.document


def test_it_refuses_a_change_without_a_reason(desk):
    event = an_event()
    address = reverse("admin:diplomacy_event_change", args=[event.pk])
    assert desk.post(address, filled(desk.get(address)) | {"title": "Mended"}).status_code == 200
    assert event.versions.count() == 1


@pytest.mark.parametrize("cited", [True, False])
def test_it_adds_an_event_only_with_a_source(desk, cited):
    a_world()
    address = reverse("admin:diplomacy_event_add")
    source = {"url": "https://example.org/a", "publisher_name": "Example News", "title": "Report", "lang": "en"}
    data = filled(desk.get(address)) | {
        "slug": "2022-04-09-call", "kind": "call", "status": "held", "date": "2022-04-09", "date_precision": "day",
        "title": "A call", "summary": "They spoke.", "outcomes": "[]",
        "parties": list(Party.objects.values_list("pk", flat=True)[:1]),
        "topics": list(Topic.objects.values_list("pk", flat=True)[:1]),
        **({f"citations-0-{name}": value for name, value in source.items()} if cited else {}),
    }  # fmt: skip
    answer = desk.post(address, data)
    assert answer.status_code == (302 if cited else 200), answer.context["errors"]
    if not cited:
        assert "citations" in {
            formset.formset.prefix
            for formset in answer.context["inline_admin_formsets"]
            if formset.formset.total_error_count()
        }
    assert [event.versions.count() for event in Event.objects.all()] == ([1] if cited else [])
