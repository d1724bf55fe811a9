"""The cadence page: sentences that are true of their rows and name their day, pictures, twins and files."""

import csv
import io
import re
from datetime import date

import pytest
from django.core.cache import cache

from peacetracker.analysis.cadence import Lead, Month, Silence, Week
from peacetracker.analysis.quarters import Quarter
from peacetracker.analysis.silence import Intervals
from peacetracker.dashboard.figures import cadence as drawing
from peacetracker.dashboard.figures import cadence_words as words
from peacetracker.diplomacy.models import Announcement
from tests.factories import an_event

UNTIL = date(2022, 6, 30)
PARTS = ("silence", "months", "quarters", "lead", "calendar")


def a_silence(now, gaps, key="leaders"):
    return Silence(key, Intervals(now, tuple(gaps)), date(2022, 6, 1))


def a_lead(days, title="Meeting", status="held", n=0):
    return Lead(f"m{n}", title, date(2022, 6, 30), date.fromordinal(date(2022, 6, 30).toordinal() - days), "eu", status)


def a_link(*_days):
    return "/events/"


# ---- sentences
@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([], "Up to 30 June 2022 no call, meeting or session of both sides answers these filters."),
        ([a_silence(9, [1])], "Up to 30 June 2022 there are too few earlier gaps to say whether a silence is unusual."),
        ([a_silence(9, [9] * 8)], "On 30 June 2022 the one silence that can be judged is not unusually long."),
        (
            [a_silence(9, [1] * 8), a_silence(1, [3] * 8, "eu"), a_silence(9, [1], "direct")],
            "On 30 June 2022 1 of 2 silences that can be judged is unusually long: Leaders.",
        ),
    ],
)
def test_it_says_how_many_silences_are_unusual(found, said):
    assert words.silence_sentence(found, UNTIL) == said


@pytest.mark.parametrize(
    ("silence", "said"),
    [
        (a_silence(9, []), "Up to 30 June 2022 one day of contact is on record, so there is no earlier gap."),
        (
            a_silence(9, [4]),
            "On 30 June 2022 longer than 1 of 1 earlier gap: too few to say more (median 4, longest 4).",
        ),
        (
            a_silence(9, [1, 2, 3, 4, 5, 6, 7, 20]),
            "On 30 June 2022 longer than 7 of 8 earlier gaps: not unusual (median 4, longest 20).",
        ),
    ],
)  # fmt: skip
def test_it_sets_a_silence_beside_earlier_gaps(silence, said):
    assert words.gauge_sentence(silence, UNTIL) == said


MAY, JUNE = date(2022, 5, 1), date(2022, 6, 1)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([], "Up to 30 June 2022 no contact answers these filters."),
        (
            [Month(MAY, {}, {"eu": 2})],
            "Up to 30 June 2022 the record has 2 contacts of one side with a third party, and none of both sides.",
        ),
        (
            [Month(MAY, {"eu": 1}), Month(JUNE)],
            "Up to 30 June 2022 the record has 1 contact of both sides; the most of both sides in one month was 1, in "
            "May 2022.",
        ),
        (
            [Month(MAY, {"eu": 1, "direct": 1}, {"us": 3}), Month(JUNE, {"eu": 2})],
            "Up to 30 June 2022 the record has 4 contacts of both sides and 3 of one side with a third party; the "
            "most of both sides in one month: 2, in May 2022 and 1 month since.",
        ),
    ],
)  # fmt: skip
def test_it_counts_months_in_words(found, said):
    assert words.months_sentence(found, UNTIL) == said


def test_it_tells_direct_contacts_among_all():
    before = [Quarter(2020, n, {}) for n in (1, 2)] + [Quarter(2020, n, {"eu": 1, "direct": 1}) for n in (3, 4)]
    now = [Quarter(2021, n, {}) for n in (1, 2, 3)] + [Quarter(2021, 4, {"direct": 2, "commissions": 1, "eu": 1})]
    assert words.quarters_sentence([*before, *now], UNTIL) == (
        "In the 4 quarters to 30 June 2022 2 of 4 contacts of both sides were direct, 1 was a session of a "
        "commission, 1 had a third party present (EU 1); in the four quarters before, 2 of 4 were direct."
    )
    assert words.third_share(now[-1]) == 25
    assert words.third_share(now[0]) is None


def test_it_compares_with_no_quarter_that_is_not_shown():
    found = [Quarter(2021, n, {"direct": 1}) for n in range(1, 5)]
    for run, span in (
        (found[:1], "the quarter"),
        (found[:3], "the 3 quarters"),
        ([*found, *found[:3]], "the 4 quarters"),
    ):
        said = words.quarters_sentence(run, UNTIL)
        assert said.startswith(f"In {span} to 30 June 2022")
        assert "before" not in said


def test_it_tells_of_quarters_without_a_contact():
    assert words.quarters_sentence([], UNTIL) == (
        "Up to 30 June 2022 no contact of both sides answers these filters."
    )  # fmt: skip
    quiet = [Quarter(2020, 1, {"eu": 1}), *(Quarter(2021, n, {}) for n in range(1, 5))]
    assert words.quarters_sentence(quiet, UNTIL) == (
        "In the 4 quarters to 30 June 2022 there is no contact of both sides on record."
    )


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([], "Up to 30 June 2022 no contact that was announced and held answers these filters."),
        (
            [a_lead(3, status="cancelled")],
            "Up to 30 June 2022 no contact that was announced and held answers these filters; 1 was announced and "
            "called off.",
        ),
        (
            [a_lead(1)],
            "Up to 30 June 2022 the record has 1 contact that was announced and then held, 1 day ahead.",
        ),
        (
            [a_lead(0), a_lead(5), a_lead(2), a_lead(7)],
            "Up to 30 June 2022 the record has 4 contacts that were announced and then held: half of them at most 3.5 "
            "days ahead, the longest 7, 1 on the day itself.",
        ),
    ],
)  # fmt: skip
def test_it_tells_lead_times_in_words(found, said):
    assert words.lead_sentence(found, UNTIL) == said


def test_it_tells_the_longest_quiet_run_up_to_the_day_of_the_record():
    found = [Week(date(2022, 6, 13), 1, 1), Week(date(2022, 6, 20), 0, 0), Week(date(2022, 6, 27), 0, 0)]
    assert words.calendar_sentence(found, 2, UNTIL) == (
        "Up to 30 June 2022 there is a contact on record in 1 of 3 weeks since the first; the longest run without one "
        "is 2 weeks, 20 June 2022 to 30 June 2022. 2 contacts known only to the month or year are left out."
    )
    assert words.calendar_sentence([], 0, UNTIL) == (
        "Up to 30 June 2022 no contact whose day is known answers these filters."
    )


# ---- pictures
def test_it_draws_bars_within_the_picture_as_high_as_their_counts():
    found = [Month(MAY, {"eu": 1, "direct": 2}, {"us": 3}), Month(JUNE)]
    picture = drawing.months_picture(found, words.month_said, a_link, ("Both", "One"))
    heights = {box.name: round(box.height + 0.8, 1) for box in picture.boxes}
    assert heights == {"lane-direct": 40, "lane-eu": 20, "lane-us": 60}
    assert all(box.y >= 0 and box.y + box.height <= picture.height for box in picture.boxes)
    assert all(box.x >= drawing.GUTTER and box.x + box.width <= 100 for box in picture.boxes)
    assert len(picture.marks) == 2


def test_it_draws_a_share_of_few_pale():
    picture = drawing.quarters_picture([Quarter(2022, 1, {"eu": 2}), Quarter(2022, 2, {"eu": 3})], str, a_link)
    assert [box.name for box in picture.boxes] == ["lane-eu pale", "lane-eu"]
    assert drawing.ends(Quarter(2022, 4, {})) == (date(2022, 10, 1), date(2022, 12, 31))


def test_it_stacks_an_event_in_the_column_of_its_lead_time():
    leads = [a_lead(days, n=days) for days in (0, 14, 15, 21, 22, 61)]
    at = drawing.lead_columns()
    assert [dot.x for dot in drawing.lead_picture(leads, words.lead_said, a_link).dots] == [
        at[0], at[14], at[15], at[15], at[16], at[18],
    ]  # fmt: skip


def test_it_shades_weeks_by_their_number_of_contacts():
    assert [drawing.shade(n) for n in (0, 1, 2, 3, 4, 5, 8, 80)] == ["q0", "q1", "q2", "q3", "q3", "q4", "q5", "q5"]


def test_it_draws_nothing_of_nothing():
    assert drawing.months_picture([], str, a_link, ("", "")).boxes == []
    assert drawing.quarters_picture([], str, a_link).boxes == []
    assert drawing.lead_picture([], str, a_link).dots == []
    assert drawing.calendar_picture([], str, a_link).picture.boxes == []
    assert drawing.gauge_scale(drawing.longest([])) == []


# ---- the page
@pytest.fixture
def record(db):
    for n in range(1, 10):
        an_event(slug=f"2022-05-0{n}-meeting", date=f"2022-05-0{n}", title=f"<Meeting> {n}")
    event = an_event(title="=Brussels")
    Announcement.objects.create(key="a", event=event, announced_on=date(2022, 4, 1), text="Planned.")


@pytest.mark.django_db
def test_it_opens_on_an_empty_record(client):
    assert client.get("/cadence/").status_code == 200


@pytest.mark.parametrize("query", ["", "?joint=true", "?leader=ilham-aliyev&track=eu", "?joint=false", "?q=nothing"])
def test_it_answers_within_fifteen_queries(client, record, query, django_assert_max_num_queries):
    cache.clear()
    with django_assert_max_num_queries(15):
        answer = client.get(f"/cadence/{query}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert len(re.findall(r'<p class="finding">(?=[^<]*9 May 2022)', text)) == len(PARTS)
    assert not re.search(r"<[a-z]+[^>]*\sstyle=|<[a-z]+[^>]*\son[a-z]+=|<style|<script>", text)
    assert "<Meeting>" not in text


def test_it_counts_to_the_end_of_the_period_asked_for(client, record):
    text = client.get("/cadence/?before=2022-05-04").content.decode()
    assert "Up to 4 May 2022 the record has 5 contacts of both sides" in text


def test_it_links_a_month_to_the_events_it_counts(client, record):
    months = next(part for part in client.get("/cadence/?track=eu").context["parts"] if part.key == "months")
    assert "after=2022-04-01&before=2022-04-30" in months.twin.links[0]
    listed = client.get(months.twin.links[-1])
    assert (months.twin.rows[-1][1], listed.context["shown"]) == (9, 9)


@pytest.mark.parametrize("part", PARTS)
def test_it_gives_the_rows_of_each_picture_as_files(client, record, part):
    rows = client.get(f"/cadence/{part}.json?track=eu").json()
    assert rows["covered_until"] == "2022-05-09"
    text = client.get(f"/cadence/{part}.csv?track=eu").content.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == len(rows["rows"]) > 0


def test_it_draws_the_last_years_of_a_long_record_and_says_so_and_files_have_all(client, record):
    an_event(slug="2004-03-02-meeting", date="2004-03-02")
    page = client.get("/cadence/")
    months, calendar = (next(p for p in page.context["parts"] if p.key == key) for key in ("months", "calendar"))
    assert (months.since, months.twin.rows[0][0], calendar.twin.rows[0][1][:4]) == (2016, "2016-01", "2022")
    assert "Drawn from 2016 on." in page.content.decode()
    assert client.get("/cadence/months.json").json()["rows"][0]["month"] == "2004-03"
    assert client.get("/cadence/calendar.json").json()["rows"][0]["monday"] == "2004-03-01"
    earlier = client.get("/cadence/?before=2005").context["parts"]
    assert next(part for part in earlier if part.key == "months").twin.rows[0][0] == "2004-03"


def test_it_lets_no_spreadsheet_run_a_title(client, record):
    assert "'=Brussels," in client.get("/cadence/lead.csv").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/cadence/", "/cadence/months.csv", "/cadence/lead.json"])
def test_it_names_a_parameter_that_it_does_not_know(client, path):
    an_event()
    answer = client.get(path, {"tarck": "eu"})
    assert (answer.status_code, "tarck" in answer.content.decode()) == (400, True)


@pytest.mark.django_db
def test_it_gives_empty_files_of_an_empty_record(client):
    assert client.get("/cadence/months.json").json()["rows"] == []
