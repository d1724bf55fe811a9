"""Readers' reports at the desk: listed by state, closed with an answer."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from peacetracker.core.models import User
from peacetracker.newsroom.groups import READERS
from peacetracker.newsroom.models import Report
from tests.factories import an_event

LIST = reverse("admin:newsroom_report_changelist")


@pytest.fixture
def report(db):
    return Report.objects.create(page="/events/x/", message="The day is wrong.", source="https://example.org/a")


def press(client, report, button, answer=""):
    change = reverse("admin:newsroom_report_change", args=[report.pk])
    page = client.post(change, {"answer": answer, button: "1"}, follow=True)
    report.refresh_from_db()
    return page


@pytest.mark.parametrize(("button", "state"), [("_handled", "handled"), ("_aside", "aside")])
def test_it_closes_a_report_with_an_answer_and_opens_it_again(desk, report, button, state):
    press(desk, report, button, "Mended, thank you.")
    assert (report.state, report.answer, report.handled_by.username) == (state, "Mended, thank you.", "anna")
    press(desk, report, "_reopen", "Mended, thank you.")
    assert (report.state, report.handled_by) == ("waiting", None)


@pytest.mark.parametrize("button", ["_handled", "_aside"])
def test_it_asks_what_was_done_before_it_closes_one(desk, report, button):
    assert "Say what was done" in press(desk, report, button, "  ").text
    assert report.state == "waiting"


def test_it_leads_to_the_form_of_the_record_and_to_the_reader(desk, report):
    event = an_event()
    Report.objects.update(page=f"/hy/events/{event.slug}/?x=1", contact="reader@example.org")
    page = desk.get(reverse("admin:newsroom_report_change", args=[report.pk])).text
    assert f'<a href="{reverse("admin:diplomacy_event_change", args=[event.pk])}">' in page
    assert 'href="mailto:reader@example.org"' in page


def test_it_keeps_an_answer_without_closing(desk, report):
    press(desk, report, "_save", "Asked the ministry.")
    assert (report.state, report.answer) == ("waiting", "Asked the ministry.")


def test_it_shows_where_the_error_is_and_links_nothing_that_runs(desk, report):
    page = desk.get(reverse("admin:newsroom_report_change", args=[report.pk])).content.decode()
    assert '<a href="/events/x/"' in page
    Report.objects.filter(pk=report.pk).update(page="javascript:alert(1)", source="//example.org/")
    page = desk.get(reverse("admin:newsroom_report_change", args=[report.pk])).content.decode()
    assert 'href="javascript' not in page
    assert 'href="//example.org/' not in page


def test_it_closes_many_and_lists_by_state(desk, report):
    desk.post(LIST, {"action": "set_aside", "_selected_action": report.pk})
    assert [one.pk for one in desk.get(f"{LIST}?state__exact=aside").context["cl"].result_list] == [report.pk]
    desk.post(LIST, {"action": "mark_handled", "_selected_action": report.pk})
    report.refresh_from_db()
    assert report.state == "handled"


def test_it_shows_reports_to_editors_only(client, report):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.groups.add(Group.objects.get(name=READERS))
    client.force_login(reader)
    assert client.get(LIST).status_code == 403
