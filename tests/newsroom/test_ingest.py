import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from peacetracker.newsroom import intake
from peacetracker.newsroom.models import Article, Draft
from tests.keeping import load_real_record
from tests.newsroom.stories import CALL, MEETING, a_feed, rss

SAMPLES = Path(__file__).parent / "samples"
PACKAGED = Path(settings.BASE_DIR) / "peacetracker/newsroom/packaged"


@pytest.fixture
def real_record(db):
    load_real_record()


def ingested(capsys, *args, **options):
    call_command("ingest", *args, as_json=True, **options)
    return json.loads(capsys.readouterr().out)


def test_it_drafts_the_seed_article_against_the_real_record(real_record, capsys):
    source = str(SAMPLES / "seed_article.txt")
    answer = ingested(capsys, source, "--article", "--published", "2022-04-11", "--title", "Putin holds calls")
    told = {
        (draft["kind"], frozenset(person["slug"] for person in draft["participants"])): draft
        for draft in answer["drafts"]
    }
    putin, pashinyan, aliyev = "vladimir-putin", "nikol-pashinyan", "ilham-aliyev"
    expected = {
        ("call", frozenset({putin, pashinyan})): ("2022-04-09", "held", "2022-04-09-putin-pashinyan-call"),
        ("call", frozenset({putin, aliyev})): ("2022-04-09", "held", "2022-04-09-putin-aliyev-call"),
        ("meeting", frozenset({aliyev, pashinyan, "charles-michel"})): (
            "2022-04-06",
            "held",
            "2022-04-06-brussels-aliyev-pashinyan-michel",
        ),
        ("visit", frozenset({pashinyan})): ("2022-04-19", "scheduled", "2022-04-19-pashinyan-visit-russia"),
        ("meeting", frozenset({"sergey-lavrov", "ararat-mirzoyan"})): (
            None,
            "held",
            "2022-04-08-lavrov-mirzoyan-moscow",
        ),
    }
    assert told.keys() == expected.keys()
    text = (SAMPLES / "seed_article.txt").read_text()
    for key, (day, status, repeats) in expected.items():
        draft = told[key]
        assert (draft["status"], draft["repeats"]) == (status, repeats)
        assert draft["evidence"] in text
        if day:
            assert draft["date"] == day
    mediators = [
        person["slug"] for draft in answer["drafts"] for person in draft["participants"] if person["role"] == "mediator"
    ]
    assert mediators == ["charles-michel"]
    mentioned = {mention["slug"] for mention in answer["mentions"]}
    assert mentioned >= {
        "five-principles-azerbaijan",
        "border-delimitation-commissions",
        "treaty-working-group",
        "transport-trilateral-working-group",
    }
    assert all(mention["evidence"] in text for mention in answer["mentions"])


def test_it_recognises_the_stories_of_the_packaged_feed_and_drafts_nothing_the_second_time(real_record, capsys):
    drafts = ingested(capsys, str(PACKAGED / "news.xml"))["drafts"]
    assert len(drafts) >= 7
    repeats = {draft["repeats"] for draft in drafts}
    assert {
        "2022-04-06-brussels-aliyev-pashinyan-michel",
        "2022-04-11-mirzoyan-bayramov-call",
        "2025-11-28-gabala-12th-commission-session",
        "2026-03-06-call-mirzoyan-fidan",
    } <= repeats
    told = [(draft["kind"], {person["slug"] for person in draft["participants"]}) for draft in drafts]
    assert ("call", {"masoud-pezeshkian", "ilham-aliyev"}) in told
    assert ("call", {"antony-blinken", "ilham-aliyev"}) in told
    assert "commission-session" not in {d["kind"] for d in drafts if d["date"] != "2025-11-28"}
    brussels = next(d for d in drafts if d["repeats"] == "2022-04-06-brussels-aliyev-pashinyan-michel")
    assert [p["slug"] for p in brussels["participants"] if p["role"] == "mediator"] == ["charles-michel"]
    ministers = Draft.objects.get(likely_event__slug="2022-04-11-mirzoyan-bayramov-call")
    assert ministers.sources.count() == 2
    counts = Article.objects.count(), Draft.objects.count()
    assert ingested(capsys, str(PACKAGED / "news.xml"))["drafts"] == []
    assert (Article.objects.count(), Draft.objects.count()) == counts


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "options", "problem"),
    [
        (b"<html><body>Not a feed</body></html>", {}, "--article"),
        (b"", {"article": True}, "no text"),
    ],
)
def test_it_says_what_is_wrong_with_a_file(tmp_path, content, options, problem):
    path = tmp_path / "source"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=problem):
        call_command("ingest", str(path), **options)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("day", ["soon", "2022-13-01", "11.04.2022", "5"])
def test_it_refuses_a_day_that_is_none(tmp_path, day):
    path = tmp_path / "text"
    path.write_text(CALL)
    with pytest.raises(CommandError, match="no day"):
        call_command("ingest", str(path), article=True, published=day)
    assert not Article.objects.exists()


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("day", ["2022-04-11", date(2022, 4, 11), "2022-04-11T09:30:00+04:00"])
def test_it_takes_a_day_however_it_is_given(tmp_path, day):
    path = tmp_path / "text"
    path.write_text(CALL)
    call_command("ingest", str(path), article=True, published=day)
    assert str(Article.objects.get().published.date()) == "2022-04-11"


@pytest.mark.usefixtures("world")
def test_it_finds_the_feed_that_a_page_names(site, capsys):
    site.pages["/"] = b'<html><head><link rel=alternate type="application/rss+xml" href="/rss"></head><p>Hi</p></html>'
    site.pages["/rss"] = rss(("https://example.org/a", "Call", CALL))
    assert len(ingested(capsys, site.url("/"))["drafts"]) == 1


@pytest.mark.usefixtures("world")
def test_it_replays_what_was_kept_and_doubles_nothing(site, capsys):
    site.pages["/feed"] = rss(("https://example.org/a", "Call", CALL), ("https://example.org/b", "Talks", MEETING))
    feed = a_feed(site.url("/feed"))
    intake.refresh(feed.pk, ends=0)
    call_command("ingest", replay="all")
    assert "No drafts." not in capsys.readouterr().out  # the answer was kept, nobody had read the articles
    before = Article.objects.count(), Draft.objects.count()
    call_command("ingest", replay=feed.address)
    assert (Article.objects.count(), Draft.objects.count()) == before == (2, 2)
    Article.objects.filter(url__endswith="/b").delete()
    Article.objects.update(state="failed", text="cut")
    call_command("ingest", replay=str(feed.pk))
    assert Article.objects.filter(state="drafted", text=CALL).exists()
    assert Article.objects.count() == 2


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("options", [{}, {"replay": "nobody"}])
def test_it_says_what_it_needs(options):
    with pytest.raises(CommandError, match=r"replay|no feed named"):
        call_command("ingest", **options)


@pytest.mark.django_db
def test_it_says_what_is_wrong_with_an_address():
    with pytest.raises(CommandError, match="neither a file nor an address"):
        call_command("ingest", "nowhere")
    with pytest.raises(CommandError, match="127"):
        call_command("ingest", "http://127.0.0.1:9/feed")
