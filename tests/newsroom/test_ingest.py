import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from peacetracker.diplomacy import exchange
from peacetracker.newsroom.models import Article, Draft

SAMPLES = Path(__file__).parent / "samples"
PACKAGED = Path(settings.BASE_DIR) / "peacetracker/newsroom/packaged"


@pytest.fixture
def real_record(db):
    exchange.load(Path(settings.DATA_DIR))


def ingested(capsys, *args, **options):
    call_command("ingest", *args, as_json=True, **options)
    return json.loads(capsys.readouterr().out)


def test_it_drafts_nothing_the_second_time(real_record, capsys):
    source = str(PACKAGED / "news.xml")
    first = ingested(capsys, source)
    assert len(first["drafts"]) >= 7
    counts = Article.objects.count(), Draft.objects.count()
    assert ingested(capsys, source)["drafts"] == []
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


@pytest.mark.django_db
def test_it_says_what_is_wrong_with_an_address():
    with pytest.raises(CommandError, match="neither a file nor an address"):
        call_command("ingest", "nowhere")
    with pytest.raises(CommandError, match="127"):
        call_command("ingest", "http://127.0.0.1:9/feed")
