"""Names of the record and the words of the rules, ready to be found in a text of any of the four languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from .lexicon import LANGUAGES, WORD, Lexicon, fold, rules
from .spelling import Spellings

HOLDINGS = 5_000
# What a gazetteer is built from; of the events, the agreements alone.
NOUNS = ("people", "offices", "tenures", "parties", "places", "topics", "bodies", "proposals", "events")
SIDES = frozenset(("AM", "AZ", "NK"))

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


class Tenure(NamedTuple):
    """One holding of an office, read at its widest."""

    person: str
    start: date
    end: date
    certain_start: date
    certain_end: date


class Place(NamedTuple):
    """A place an event can be told to have happened at."""

    slug: str | None
    name: str
    country: str | None


BORDER = Place(None, "Armenia-Azerbaijan border", None)


def _widest(row: Mapping[str, Any], end: str, precision: str) -> tuple[date, date]:
    """Earliest and latest day that a tenure's limit may mean."""
    value, how = row.get(end), row.get(precision)
    if not value:
        return (date.min, date.min) if end == "start" else (date.max, date.max)
    day = date.fromisoformat(str(value)[:10])
    if how == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if how == "month":
        later = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        return day.replace(day=1), date.fromordinal(later.toordinal() - 1)
    return day, day


class Gazetteer:
    """The people, offices, places and other names of the record; built once, reused for every text."""

    def __init__(self) -> None:
        self.common = rules("common")
        self._holdings: dict[tuple[str, date], list[str]] = {}
        self.people: dict[str, str] = {}
        self.spellings = Spellings()
        self.person_parties: dict[str, str] = {}
        self.person_offices: dict[str, list[str]] = defaultdict(list)
        self.offices: dict[str, Mapping[str, Any]] = {}
        self.office_types: dict[str, str] = {}
        self.tenures: dict[str, list[Tenure]] = defaultdict(list)
        self.by_type: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.surnames: dict[str, list[str]] = {}
        self.first_names: set[str] = set()
        self.given: dict[str, set[str]] = defaultdict(set)
        self.bodies: dict[str, tuple[str, str, bool]] = {}
        self.body_heads: dict[str, list[str]] = {}
        self.proposals: dict[str, tuple[str, str]] = {}
        self.papers: dict[date, list[str]] = {}
        self.capitals: dict[str, Place] = {}
        self.capital_names: set[str] = set()
        self.country_names: dict[str, str] = {}
        self.lexicons: dict[str, Lexicon] = {}

    @classmethod
    def from_rows(cls, rows: Rows) -> Gazetteer:
        """Build from rows shaped as the lines of the record's data files."""
        self = cls()
        self._read_people(rows)
        self._read_bodies(rows)
        self._read_papers(rows)
        places = self._read_places(rows)
        for lang in LANGUAGES:
            lexicon = Lexicon(lang)
            for forms in (*lexicon.data["calendar"]["months"], *lexicon.data["calendar"]["weekdays"]):
                lexicon.protect(forms[0])
            self._teach_names(lexicon, rows)
            self._teach_places(lexicon, places)
            _teach_countries(lexicon, rows, self.common)
            _teach_words(lexicon)
            lexicon.freeze()
            self.lexicons[lang] = lexicon
        return self

    # who held what

    def _read_people(self, rows: Rows) -> None:
        for row in rows.get("offices", ()):
            self.offices[row["slug"]] = row
            self.office_types[row["slug"]] = self._type_of(row["slug"])
        self._index_offices()
        for row in rows.get("tenures", ()):
            start, certain_start = _widest(row, "start", "start_precision")
            certain_end, end = _widest(row, "end", "end_precision")
            self.tenures[row["office"]].append(Tenure(row["person"], start, end, certain_start, certain_end))
            self.person_offices[row["person"]].append(row["office"])
            party = self.offices.get(row["office"], {}).get("party")
            if party:
                self.person_parties.setdefault(row["person"], str(party))
        for row in rows.get("people", ()):
            self.people[row["slug"]] = row["name"]
            self.spellings.learn(row["slug"], (row["name"], *(row.get("name_native") or {}).values()))

    def _type_of(self, slug: str) -> str:
        for type_, prefixes in self.common["offices"].items():
            if any(slug == p or (p.endswith("-") and slug.startswith(p)) for p in prefixes):
                return str(type_)
        if "spokesperson" in slug:
            return "spokesperson"
        return "deputy" if slug.startswith("deputy") else "other"

    def _index_offices(self) -> None:
        """Which offices a type of office means for a party."""
        special = {"president-of-the-european-council": "EUCO", "president-of-the-european-commission": "EC"}
        for type_, prefixes in self.common["offices"].items():
            for prefix in prefixes:
                for slug, row in self.offices.items():
                    if slug == prefix or (prefix.endswith("-") and slug.startswith(prefix)):
                        self.by_type[type_, special.get(slug, str(row["party"]))].append(slug)
        for party in self.common["leaders"]:
            if party in ("EUCO", "EU", "EC", "NATO", "UN", "OSCE", "CSTO"):
                self.by_type["head", party] = [self.common["leaders"][party]]
        for (type_, party), slugs in list(self.by_type.items()):
            if type_ == "president" and party not in self.common["leaders"]:
                self.by_type["leader", party] = slugs
        for party, slug in self.common["leaders"].items():
            self.by_type["leader", party] = [slug]

    def holder(self, office: str, day: date) -> str | None:
        """Who held `office` on `day`: the certain fit, then the one with more known of it, then the later start."""
        fits = [t for t in self.tenures.get(office, ()) if t.start <= day <= t.end]
        if not fits:
            return None
        fits.sort(
            key=lambda t: (
                t.start != date.min and t.certain_start <= day <= t.certain_end,
                (t.start != date.min) + (t.end != date.max),
                t.start,
            )
        )
        return fits[-1].person

    def resolve(self, type_: str, party: str, day: date) -> tuple[str, str] | None:
        """(person, office) of the one who held that type of office for `party` on `day`."""
        for office in self.by_type.get((type_, party), ()):
            if not self.offices.get(office, {}).get("single_holder", False):
                continue
            person = self.holder(office, day)
            if person:
                return person, office
        return None

    def office_on(self, person: str, day: date) -> tuple[str | None, str | None]:
        """(office, party) of a person on a day; the party of any time if no office was held."""
        held = self._held(person, day)
        if held:
            return held[0], str(self.offices[held[0]]["party"])
        return None, self.person_parties.get(person)

    def _held(self, person: str, day: date) -> list[str]:
        known = self._holdings.get((person, day))
        if known is None:
            if len(self._holdings) > HOLDINGS:
                self._holdings.clear()
            known = self._holdings[person, day] = [
                office
                for office in self.person_offices.get(person, ())
                if any(t.person == person and t.start <= day <= t.end for t in self.tenures[office])
            ]
        return known

    def types_of(self, person: str, day: date) -> list[tuple[str, str]]:
        """(type, party) of the offices that a person held on a day."""
        return [(self.office_types[o], str(self.offices[o]["party"])) for o in self._held(person, day)]

    # bodies, proposals, places

    def _read_bodies(self, rows: Rows) -> None:
        named = {row["slug"]: row for row in rows.get("bodies", ())}
        for slug, entry in self.common["bodies"].items():
            row = named.get(slug)
            self.bodies[slug] = (row["name"] if row else entry["name"], entry["guide"], entry["session"])
            members = row.get("members") or () if row else ()
            self.body_heads[slug] = [m["person"] for m in members if m.get("role") in ("head", "co-chair")]
        known = {row["slug"]: row["name"] for row in rows.get("proposals", ())}
        for slug, entry in self.common["proposals"].items():
            self.proposals[slug] = (known.get(slug, entry["name"]), entry["guide"])

    def _read_papers(self, rows: Rows) -> None:
        """Who signed what on which day; of several documents of a day, that with most of both sides' people."""
        for row in rows.get("events", ()):
            if (row["kind"], row["status"], row["date_precision"]) != ("agreement", "held", "day"):
                continue
            signed = [part["person"] for part in row["participants"]]
            day = date.fromisoformat(row["date"])
            if not signed and {"AM", "AZ"} <= set(row.get("parties", ())):
                self.papers.setdefault(day, [])  # issued by the two sides' offices
            if len(signed) > 1 and self._weight(signed) > self._weight(self.papers.get(day, [])):
                self.papers[day] = signed

    def _weight(self, people: list[str]) -> tuple[int, int]:
        return len({self.person_parties.get(p) for p in people} & SIDES), len(people)

    def signatories(self, day: date) -> list[str] | None:
        """Who signed the record's agreement of that day, or of the day after if signed at night; None: no such."""
        return self.papers.get(day) or self.papers.get(day + timedelta(days=1), self.papers.get(day))

    def _read_places(self, rows: Rows) -> list[tuple[Place, list[str]]]:
        found: list[tuple[Place, list[str]]] = []
        by_name: dict[str, Place] = {}
        by_slug: dict[str, Place] = {}
        for row in rows.get("places", ()):
            place = Place(row["slug"], row["name"], row["country"])
            names = [row["name"].split(" (")[0], *row["other_names"], *row.get("name_native", {}).values()]
            found.append((place, [part for name in names for part in name.split(" / ")]))
            by_name[row["name"].split(" / ")[0]] = by_slug[row["slug"]] = place
        for country, cities in self.common["cities"].items():
            for names in cities:
                place = by_name.setdefault(names[0], Place(None, names[0], country))
                found.append((place, names))
        for slug, names in self.common["venues"].items():
            venue = by_slug.get(slug)
            if venue:
                found.append((venue, names))
        for country, name in self.common["capitals"].items():
            capital = by_name.get(name)
            if capital:
                self.capitals[country] = capital
        self.capital_names = {place.name for place in self.capitals.values()}
        return found

    # words

    def _teach_names(self, lexicon: Lexicon, rows: Rows) -> None:
        bare: dict[str, set[str]] = defaultdict(set)
        shown: dict[str, str] = {}
        excluded = set(lexicon.data["organisations"]["names_exclude"])
        for row in rows.get("people", ()):
            native = row.get("name_native") or {}
            joined = {n.replace("'", "") for n in native.values()}  # "Օ՛Բրայեն", whose mark is no letter
            for name in {row["name"], *row.get("aliases", ()), *native.values(), *joined}:
                words = WORD.findall(name)
                if not words or not any(w[:1].isupper() for w in words):
                    continue
                lexicon.inflect(name)
                if len(words) > 1:
                    lexicon.add(name, "P", (row["slug"],))
                    self.first_names.add(fold(words[0]))
                    self.given[row["slug"]].add(fold(words[0]))
                surname = _surname(name)
                if fold(surname) not in excluded:
                    bare[lexicon.stem(surname)].add(row["slug"])
                    shown[lexicon.stem(surname)] = surname
        for stem, slugs in bare.items():
            lexicon.add(shown[stem], "P", tuple(sorted(slugs)))

    def _teach_places(self, lexicon: Lexicon, places: list[tuple[Place, list[str]]]) -> None:
        for place, names in places:
            for name in names:
                lexicon.inflect(name)
            lexicon.add_all(names, "L", place)
        lexicon.add_all(lexicon.data["places"]["border"], "L", BORDER)


def _surname(name: str) -> str:
    """The last name with its particles: "von der Leyen", "Le Drian", "Amir-Abdollahian"."""
    words = name.split()
    for n, word in enumerate(words):
        if n and (
            word.lower() in ("von", "van", "der", "de", "bin", "le", "фон", "ֆոն", "fon", "лє") or word in ("Ле", "Լը")
        ):
            return " ".join(words[n:])
    return words[-1]


def _country_words(lexicon: Lexicon) -> list[tuple[str, list[str]]]:
    words = [(code, [*entry["noun"], *entry["adj"]]) for code, entry in lexicon.data["countries"].items()]
    if lexicon.lang == "en":
        words += [(code, [names[0], names[1]]) for code, names in rules("common")["countries"].items()]
        words += [
            ("FR", ["France", "French"]),
            ("DE", ["Germany", "German"]),
            ("GE", ["Georgia", "Georgian"]),
            ("KZ", ["Kazakhstan", "Kazakh"]),
        ]
    return words


def _teach_countries(lexicon: Lexicon, rows: Rows, common: Mapping[str, Any]) -> None:
    column = {"en": 0, "ru": 2, "hy": 3, "az": 4}[lexicon.lang]
    for code, names in common["countries"].items():
        lexicon.add_all(_with_vowel(names[column], lexicon.lang), "C", (code, "noun"))
        if lexicon.lang == "en":
            lexicon.add(names[1], "C", (code, "adj"))
    for row in rows.get("parties", ()):
        native = (row.get("name_native") or {}).get(lexicon.lang)
        if lexicon.lang == "en":
            lexicon.add(row["name"].split(" (")[0], "C", (row["code"], "noun"))
            lexicon.add_all(row.get("adjectives", ()), "C", (row["code"], "adj"))
        elif native:
            lexicon.add_all(_with_vowel(native.split(" (")[0], lexicon.lang), "C", (row["code"], "noun"))
    for code, entry in lexicon.data["countries"].items():
        lexicon.add_all((n for x in entry["noun"] for n in _with_vowel(x, lexicon.lang)), "C", (code, "noun"))
        lexicon.add_all(entry["adj"], "C", (code, "adj"))


def _with_vowel(name: str, lang: str) -> list[str]:
    """Armenian names that end in a vowel take a letter before the ending: "Ֆրանսիայի"."""
    return [name, name + "յի", name + "ն"] if lang == "hy" and name.endswith("ա") else [name]


def _teach_words(lexicon: Lexicon) -> None:
    data = lexicon.data
    for number, forms in enumerate(data["calendar"]["months"], 1):
        lexicon.add_all(forms, "M", number)
    for number, forms in enumerate(data["calendar"]["weekdays"]):
        lexicon.add_all(forms, "W", number)
    for number, forms in enumerate(data["calendar"]["numbers"], 1):
        lexicon.add_all(forms, "N", number)
    for name, phrases in data["calendar"].items():
        if name not in ("months", "weekdays", "numbers"):
            lexicon.add_all(phrases, "D", name)
    for type_, phrases in data["offices"]["singular"].items():
        lexicon.add_all(phrases, "O", (type_, False))
    for phrase, (type_, code) in data["offices"].get("fixed", {}).items():
        lexicon.add(phrase, "S", (type_, code))
    for type_, templates in data["offices"].get("with_country", {}).items():
        for code, names in _country_words(lexicon):
            lexicon.add_all((t.format(name) for t in templates for name in names), "S", (type_, code))
    for type_, phrases in data["offices"].get("plural", {}).items():
        lexicon.add_all(phrases, "O", (type_, True))
    for kind, groups in data["triggers"].items():
        for pos, phrases in groups.items():
            lexicon.add_all(phrases, "T", (kind, pos))
    simple = {
        "light": "G",
        "host": "H",
        "status": "Q",
        "speech": "Y",
        "boundary": "X",
        "separate": "Z",
        "anaphora": "A",
        "occasion": "OC",
    }
    for section, type_ in simple.items():
        for value, phrases in data[section].items():
            lexicon.add_all(phrases, type_, value)
    for section, type_ in (("bodies", "B"), ("proposals", "R"), ("topics", "I")):
        for slug, phrases in data[section].items():
            lexicon.add_all(phrases, type_, slug)
    for value in ("there", "here", "capital", "city"):
        lexicon.add_all(data["places"][value], "K", value)
    for value, phrases in data.get("retraction", {}).items():
        lexicon.add_all(phrases, "TB", value)
    lexicon.add_all(data["light"].get("end", ()), "E", None)
    lexicon.add_all(data["elided"].get("same", ()), "SA", None)
    lexicon.add_all(data["elided"].get("new_day", ()), "ND", None)
    lexicon.add_all(data["process"]["words"], "V", None)
    lexicon.add_all(data["process"].get("alone", ()), "V", "alone")
    lexicon.add_all(data["organisations"]["words"], "U", None)
