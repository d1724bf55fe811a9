"""Dates as feeds write them, in English, Armenian, Azerbaijani, Russian and a few neighbours of theirs.

A date without a zone is taken for UTC. What cannot be read, or can be read in two ways, is None.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

MONTH_NAMES = """
jan january январь января янв հունվար հունվարի հնվ yanvar yan ocak oca janvier janv ιαν ιανουάριος ιανουαρίου január
feb february февраль февраля фев февр փետրվար փետրվարի փտվ fevral fev şubat şub février févr φεβ φεβρουαρίου február
mar march март марта мар մարտ մարտի մրտ mart mars μάρ μαρ μαρτίου március
apr april апрель апреля апр ապրիլ ապրիլի ապր aprel nisan nis avril avr απρ απριλίου április
may май мая մայիս մայիսի մյս mayıs mai μάι μαϊ μαΐου május
jun june июнь июня июн հունիս հունիսի հնս iyun haziran haz juin ιούν ιουν ιουνίου június
jul july июль июля июл հուլիս հուլիսի հլս iyul temmuz tem juillet juil ιούλ ιουλ ιουλίου július
aug august август августа авг օգոստոս օգոստոսի օգս avqust avq ağustos ağu août αύγ αυγ αυγούστου augusztus
sep sept september сентябрь сентября сен сент սեպտեմբեր սեպտեմբերի սեպ sentyabr sen eylül eyl septembre σεπ szeptember
oct october октябрь октября окт հոկտեմբեր հոկտեմբերի հոկ oktyabr okt ekim eki octobre οκτ οκτωβρίου október
nov november ноябрь ноября ноя нояб նոյեմբեր նոյեմբերի նոյ noyabr noy kasım kas novembre νοέ νοε νοεμβρίου
dec december декабрь декабря дек դեկտեմբեր դեկտեմբերի դեկ dekabr dek aralık ara décembre déc δεκ δεκεμβρίου
"""
ENDINGS = r"(?<=[^\W\d]{3})(?:[ıiuü]n)\Z"  # the genitive of Azerbaijani months: avqustun, mayın
EARLIEST = 1900  # a year before that is a wrong field or another calendar


def spelled(name: str) -> str:
    """A month's name in small letters, the Turkic I with and without its dot being one."""
    return name.replace("İ", "i").lower().replace("ı", "i")


MONTHS = {
    spelled(name): number for number, line in enumerate(MONTH_NAMES.strip().split("\n"), 1) for name in line.split()
}
ZONE_HOURS = """
z 0 ut 0 utc 0 gmt 0 wet 0 ast -4 adt -3 at -4 est -5 edt -4 et -5 cst -6 cdt -5 ct -6 mst -7 mdt -6 mt -7 pst -8
pdt -7 pt -8 a -1 n 1 m -12 y 12 met 1 mest 2 cet 1 cest 2 eet 2 eest 3 west 1 bst 1 msk 3 мск 3 msd 4 trt 3
irst 3.5 amt 4 azt 4 get 4 gst 4 samt 4 kst 9
"""
ZONES = {name: float(hours) for name, hours in re.findall(r"(\S+) (\S+)", ZONE_HOURS)}
CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
ZONE = (
    r"(?:etc/)?\(?(?P<zone>(?:gmt|utc)?\s*[+-]\d{1,2}:?\d{2}|(?:gmt|utc)[+-]\d{1,2}|[^\W\d][\w/]{0,30})?\)?"
    r"(?:\s*\([^)]*\))?"
)
AFTER = rf"(?:(?:\s+[-–—]\s+|[\s,|T/]*)(?:в|at|saat|ժ\.?)?\s*{CLOCK}\s*{ZONE})?"
BEFORE = rf"(?P<clock>{CLOCK})\s*(?:,|\||[-–—]\s|\s)\s*"
WEEKDAY = r"(?:[^\W\d]+(?:[.,]+\s*|\s+))?"
YEAR_END = r"(?:-c[iıuü])?\s*(?:года|год|г\.|թ\.|թվական\w*|il|ili)?"
YEAR_FIRST = r"(?P<year>\d{4})\s*(?:-c[iıuü]\s+il|թ\.|թվական\w*|г\.|года),?\s+"
USUAL = re.compile(
    r"(?:[A-Za-z]{3}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d(?::\d\d)?) (?:GMT|UTC|Z|([+-]\d{4}))\Z"
)
SHAPES = [
    re.compile(pattern + r"\Z", re.I)
    for pattern in (
        rf"{WEEKDAY}(?P<day>\d{{1,2}})[\s.-]+(?P<month>[^\W\d]{{2,}})\.?,?[\s,-]+(?P<year>\d{{4}}|\d{{2}}){YEAR_END}{AFTER}",
        rf"{WEEKDAY}(?P<month>[^\W\d]{{2,}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){YEAR_END}{AFTER}",
        rf"{WEEKDAY}(?P<month>[^\W\d]{{2,}})\s+(?P<day>\d{{1,2}})\s+{CLOCK}\s+(?:{ZONE}\s+)?(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})[\s-]+(?P<month>[^\W\d]{{2,}})\.?[\s-]+(?P<day>\d{{1,2}}){AFTER}",
        rf"{WEEKDAY}(?P<year>\d{{4}})[./](?P<month>\d{{1,2}})[./](?P<day>\d{{1,2}}){AFTER}",
        rf"{WEEKDAY}(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}|\d{{2}}){YEAR_END}{AFTER}",
        rf"{BEFORE}(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}})",
        rf"{BEFORE}{WEEKDAY}(?P<day>\d{{1,2}})\s+(?P<month>[^\W\d]{{2,}})\.?,?\s+(?P<year>\d{{4}}){YEAR_END}",
        rf"{YEAR_FIRST}(?P<month>[^\W\d]{{2,}})\s+(?P<day>\d{{1,2}})(?:-[^\W\d]{{1,3}})?{AFTER}",
        rf"{YEAR_FIRST}(?P<day>\d{{1,2}})\s+(?P<month>[^\W\d]{{2,}}){AFTER}",
        rf"(?P<year>\d{{4}})-(?P<month>0?\d{{1,2}})-(?P<day>\d{{1,2}})(?:[T\s]+{CLOCK}\s*{ZONE})?",
        r"(?P<year>\d{4})-(?P<month>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>Z|[+-]\d{4})?)?",
        r"(?P<year>(?:19|20)\d{2})",
    )
]
EITHER = re.compile(rf"{WEEKDAY}(?P<a>\d{{1,2}})[/-](?P<b>\d{{1,2}})[/-](?P<year>\d{{4}}){AFTER}\Z", re.I)


def parse_date(text: str | None) -> datetime | None:
    """The moment that `text` names, in UTC and whole seconds, or None."""
    text = (text or "").strip()
    if not text or len(text) > 80:
        return None
    try:
        if match := USUAL.match(text):
            return _usual(*match.groups())
        if text[4:5] == "-" and text[10:11] in {"T", " "}:
            found = datetime.fromisoformat(text)
            found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
            if found.year < EARLIEST:
                return None
            return found.replace(microsecond=0) if found.microsecond else found
    except (ValueError, OverflowError, KeyError):
        pass
    return _by_shape(text)


def _usual(day: str, month: str, year: str, clock: str, zone: str | None) -> datetime:
    """The form of RFC 822 that nearly all feeds use."""
    hour, minute, second = int(clock[:2]), int(clock[3:5]), int(clock[6:] or 0)
    found = datetime(int(year), MONTHS[month.lower()], int(day), hour, minute, second, tzinfo=UTC)
    return found - _ahead(zone) if zone else found


@lru_cache(maxsize=64)
def _ahead(zone: str) -> timedelta:
    """How far `+0400` is ahead of UTC."""
    return timedelta(hours=int(zone[:3]), minutes=int(zone[0] + zone[3:]))


def _by_shape(text: str) -> datetime | None:
    for shape in SHAPES:
        if match := shape.match(text):
            return _build(match.groupdict())
    if match := EITHER.match(text):
        parts = match.groupdict()
        first, second = int(parts.pop("a")), int(parts.pop("b"))
        if first == second or first > 12 or second > 12:
            day, month = (second, first) if second > 12 else (first, second)
            return _build({**parts, "day": str(day), "month": str(month)})
    return None


def _build(parts: dict[str, str | None]) -> datetime | None:
    """A moment from the words of a date; None if one of them means nothing."""
    word = spelled(parts.get("month") or "1")
    month = int(word) if word.isdigit() else MONTHS.get(word) or MONTHS.get(re.sub(ENDINGS, "", word))
    offset = _offset(parts.get("zone") or "")
    if month is None or offset is None:
        return None
    year = int(parts["year"] or 0)
    if year < 100:
        year += 1900 if year >= 90 else 2000
    if year < EARLIEST:
        return None
    hour = int(parts.get("hour") or 0)
    if half := parts.get("half"):
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    try:
        day, minute, second = (
            int(parts.get(name) or less) for name, less in (("day", 1), ("minute", 0), ("second", 0))
        )
        return datetime(year, month, day, hour, minute, second, tzinfo=timezone(offset)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _offset(zone: str) -> timedelta | None:
    """Distance from UTC of `+0400`, `GMT+4`, `MSK`; zero for a name that is not known, as feeds invent them."""
    zone = re.sub(r"^(?:utc|gmt)\s*(?=[+-])", "", zone.strip().lower())
    if match := re.match(r"([+-])(\d{1,2}):?(\d{2})?\Z", zone):
        sign, hours, minutes = match.groups()
        return timedelta(hours=int(hours), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    return timedelta(hours=ZONES.get(zone, 0))
