"""What each side reported: silence means something only where a whole readout was read."""

from peacetracker.analysis.readouts import readouts


def line(voice, subject, *, complete=False):
    return {"voice": voice, "subject": subject, "text": "said", "quote": None, "complete": complete, "source": voice}


def document(*lines, discrepancies=()):
    return {"accounts": lines, "participants": [], "sources": [], "topics": ["b"], "discrepancies": discrepancies}


NAMES = {"parties": {"AM": "Armenia", "AZ": "Azerbaijan", "EU": "European Union"}, "topics": {"a": "A", "b": "B"}}


def test_it_puts_the_two_sides_first_in_the_order_of_the_alphabet():
    told = readouts(document(line("EU", "a"), line("AZ", "a"), line("AM", "a")), **NAMES)
    assert [voice.code for voice in told.voices] == ["AM", "AZ", "EU"]
    assert told.both_sides


def test_it_tells_left_out_from_not_read():
    told = readouts(document(line("AM", "a", complete=True), line("AZ", "b")), **NAMES)
    by_subject = {subject.slug: subject.cells for subject in told.subjects}
    left_out, not_read = by_subject["b"][0], by_subject["a"][1]
    assert (left_out.lines, left_out.complete) == ((), True)
    assert (not_read.lines, not_read.complete) == ((), False)


def test_it_gathers_what_contradicts_by_what_it_is_about():
    found = [
        {"field": "date", "value": value, "according_to": who, "source": "https://example.org", "note": None}
        for value, who in (("2022-03-12", "one"), ("2022-03-14", "another"))
    ]
    (dispute,) = readouts(document(discrepancies=found), **NAMES).disputes
    assert [said.according_to for said in dispute.said] == ["one", "another"]
