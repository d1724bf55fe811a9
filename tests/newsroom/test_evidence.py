from peacetracker.newsroom.evidence import Piece, marked, numbered

FIRST = "Aliyev met Pashinyan in Brussels."
LATER = "They spoke of the border."


def test_it_numbers_sentences_as_the_text_tells_them():
    assert numbered([LATER, FIRST, LATER], [f"{FIRST} {LATER}"]) == {FIRST: 1, LATER: 2}


def test_it_numbers_last_what_no_text_holds():
    assert numbered(["Not there.", FIRST], [FIRST]) == {FIRST: 1, "Not there.": 2}


def test_it_gives_a_part_the_number_of_its_whole():
    assert numbered(["met Pashinyan", FIRST], [FIRST]) == {FIRST: 1, "met Pashinyan": 1}


def test_it_counts_one_sentence_in_two_spacings_once():
    assert set(numbered([FIRST, FIRST.replace(" ", "\n ")], [FIRST]).values()) == {1}


def test_it_cuts_the_sentences_out_of_their_paragraphs():
    broken = FIRST.replace("Pashinyan in", "Pashinyan\n  in")
    text = f"Headline\n\nBefore. {broken} After.\n{LATER}"
    assert marked(text, {FIRST: 1, LATER: 2}) == [
        [Piece("Headline")],
        [Piece("Before. "), Piece(broken, 1), Piece(" After.")],
        [Piece(LATER, 2)],
    ]


def test_it_leaves_out_a_sentence_that_lies_across_a_marked_one():
    assert marked("One two three.", {"One two": 1, "two three.": 2}) == [[Piece("One two", 1), Piece(" three.")]]


def test_it_loses_no_letter_of_a_hostile_text():
    text = "<script>alert(1)</script> (a+)+$ \\ " + FIRST
    assert "".join(piece.text for piece in marked(text, {FIRST: 1, "(a+)+$": 2})[0]) == text
