"""docs/guide.md prints what it says: its Python runs against a server with the whole record.

After a change of the record, ANSWERS=1 pytest tests/api/test_research_guide.py writes the new answers into the page.
"""

import contextlib
import io
import os
import re

import pytest
from django.conf import settings

from tests.keeping import load_real_record

PAGE = settings.BASE_DIR / "docs" / "guide.md"
ADDRESS = "https://peacetracker.example"
BLOCK = re.compile(r"```(python|text|r)\n(.*?)```", re.DOTALL)


@pytest.fixture
def site(transactional_db, live_server):
    load_real_record()
    return live_server.url


def printed(code, names):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, str(PAGE), "exec"), names)
    return out.getvalue()


def test_every_block_prints_the_answer_below_it(site):
    page, names, answers = PAGE.read_text(encoding="utf-8"), {}, []
    blocks = BLOCK.findall(page)
    for language, code in blocks:
        if language == "python":
            answers.append(printed(code.replace(ADDRESS, site), names))
    told = iter(answer for answer in answers if answer)
    answered = BLOCK.sub(lambda block: f"```text\n{next(told)}```" if block[1] == "text" else block[0], page)
    if os.environ.get("ANSWERS"):
        PAGE.write_text(answered, encoding="utf-8")
    assert answered == page
    assert next(told, None) is None


def test_every_question_has_python_its_answer_and_r():
    questions = PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
    assert len(questions) == 5
    for question in questions:
        assert [language for language, _code in BLOCK.findall(question)] == ["python", "text", "r"]
