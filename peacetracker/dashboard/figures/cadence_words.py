"""The dated sentence over each picture of the cadence page, the words of its marks, and its twin table. Pure.

Every sentence names the day to which it counts; none knows today's date.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from peacetracker.analysis.cadence import TRACKS, Lead, Month, Silence, Week, longest_quiet, middle, together
from peacetracker.analysis.quarters import Quarter
from peacetracker.core.dates import MONTH, PARTIAL, in_words, parse_partial
from peacetracker.dashboard.words import GAUGE_NAMES, LANE_NAMES
from peacetracker.diplomacy.choices import Track

SILENCE_NAMES: dict[str, tuple[Any, Any]] = {
    **GAUGE_NAMES,
    "deputies": (gettext_lazy("Deputies"), gettext_lazy("deputy ministers and officials of like rank of both sides")),
    Track.DIRECT: (LANE_NAMES[Track.DIRECT], gettext_lazy("calls and meetings with no third party present")),
    Track.EU: (LANE_NAMES[Track.EU], gettext_lazy("calls and meetings of both sides with the European Union")),
    Track.RUSSIA: (LANE_NAMES[Track.RUSSIA], gettext_lazy("calls and meetings of both sides with Russia")),
    Track.US: (LANE_NAMES[Track.US], gettext_lazy("calls and meetings of both sides with the United States")),
    Track.OTHER: (LANE_NAMES[Track.OTHER], gettext_lazy("calls and meetings of both sides with others")),
}
YEAR = 4  # quarters


@dataclass(frozen=True)
class Twin:
    """The rows of a picture. `keys` name the columns to programs, `heads` to people; `links`: a row's address or ""."""

    keys: list[str]
    heads: list[str]
    rows: list[list[Any]]
    links: list[str]

    def shown(self) -> list[tuple[str, list[Any]]]:
        """Address and cells of each row as people read them: the columns that have a head, days in words."""
        return [
            (link, [in_cell(cell) for cell in row[: len(self.heads)]])
            for link, row in zip(self.links, self.rows, strict=True)
        ]


def in_cell(cell: Any) -> Any:
    if isinstance(cell, str):
        return short_words(cell, get_language()) if PARTIAL.match(cell) else cell
    return cell or "·"


@lru_cache(maxsize=8192)
def short_words(iso: str, language: str | None) -> str:
    """A day or month in words. Kept, since a page of cadence shows some hundreds of them."""
    return in_words(*parse_partial(iso), short=True)


def short(day: date) -> str:
    return short_words(day.isoformat(), get_language())


def number(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def listed(counts: Mapping[str, int], tracks: Iterable[str] = TRACKS) -> str:
    """“EU 2, Russia 1”, in the order of the tracks; those with none are left out."""
    language = get_language()
    return ", ".join(f"{_lane(track, language)} {counts[track]}" for track in tracks if counts.get(track))


@lru_cache(maxsize=64)
def _lane(track: str, language: str | None) -> str:
    """A lane's name. Kept like days, and for the same reason."""
    return str(LANE_NAMES[track])


# ---- silence
def silence_sentence(found: Sequence[Silence], until: date) -> str:
    day = in_words(until)
    if not found:
        return _("Up to %(day)s no call, meeting or session of both sides answers these filters.") % {"day": day}
    known = [one for one in found if one.can_tell]
    unusual = [str(SILENCE_NAMES[one.key][0]) for one in known if one.unusual]
    if not known:
        return _("Up to %(day)s there are too few earlier gaps to say whether a silence is unusual.") % {"day": day}
    if not unusual:
        return ngettext(
            "On %(day)s the one silence that can be judged is not unusually long.",
            "On %(day)s none of the %(n)d silences that can be judged is unusually long.",
            len(known),
        ) % {"day": day, "n": len(known)}
    return ngettext(
        "On %(day)s %(few)d of %(n)d silences that can be judged is unusually long: %(names)s.",
        "On %(day)s %(few)d of %(n)d silences that can be judged are unusually long: %(names)s.",
        len(unusual),
    ) % {"day": day, "few": len(unusual), "n": len(known), "names": ", ".join(unusual)}


def gauge_sentence(one: Silence, until: date) -> str:
    known = one.intervals
    day = in_words(until)
    if not known.gaps:
        return _("Up to %(day)s one day of contact is on record, so there is no earlier gap.") % {"day": day}
    compared = ngettext(
        "On %(day)s longer than %(shorter)d of %(n)d earlier gap",
        "On %(day)s longer than %(shorter)d of %(n)d earlier gaps",
        len(known.gaps),
    ) % {"day": day, "shorter": known.shorter, "n": len(known.gaps)}
    facts = _("median %(median)d, longest %(longest)d") % {"median": known.median, "longest": known.longest}
    return f"{compared}: {verdict(one)} ({facts})."


def verdict(one: Silence) -> str:
    if not one.can_tell:
        return _("too few to say more")
    return _("unusual") if one.unusual else _("not unusual")


def silence_twin(found: Sequence[Silence], until: date) -> Twin:
    rows = [
        [str(SILENCE_NAMES[one.key][0]), one.last_day.isoformat(), one.intervals.now, one.intervals.shorter,
         len(one.intervals.gaps), one.intervals.median, one.intervals.longest, verdict(one)]
        for one in found
    ]  # fmt: skip
    keys = ["level_or_format", "last_contact", "days", "shorter_gaps", "gaps", "median_gap", "longest_gap", "verdict"]
    heads = [
        _("Level or format"), _("Last contact"), _("Days to %(day)s") % {"day": in_words(until)},
        _("Shorter earlier gaps"), _("Earlier gaps"), _("Median"), _("Longest"), _("Unusual?"),
    ]  # fmt: skip
    return Twin(keys, heads, rows, [""] * len(rows))


# ---- months
def months_sentence(found: Sequence[Month], until: date) -> str:
    day = in_words(until)
    both, one = sum(month.both_total for month in found), sum(month.one_total for month in found)
    if not both and not one:
        return _("Up to %(day)s no contact answers these filters.") % {"day": day}
    if not both:
        return ngettext(
            "Up to %(day)s the record has %(n)d contact of one side with a third party, and none of both sides.",
            "Up to %(day)s the record has %(n)d contacts of one side with a third party, and none of both sides.",
            one,
        ) % {"day": day, "n": one}
    said = ngettext(
        "Up to %(day)s the record has %(n)d contact of both sides", "Up to %(day)s the record has %(n)d contacts of "
        "both sides", both,
    ) % {"day": day, "n": both}  # fmt: skip
    if one:
        said += " " + _("and %(n)d of one side with a third party") % {"n": one}
    return f"{said}; {most_in(found)}."


def most_in(found: Sequence[Month]) -> str:
    """The month with most contacts of both sides, or how many months share that number."""
    top = max(month.both_total for month in found)
    full = [month for month in found if month.both_total == top]
    first = in_words(full[0].first, MONTH)
    if len(full) == 1:
        return ngettext(
            "the most of both sides in one month was %(n)d, in %(month)s",
            "the most of both sides in one month were %(n)d, in %(month)s",
            top,
        ) % {"n": top, "month": first}  # fmt: skip
    return ngettext(
        "the most of both sides in one month: %(n)d, in %(month)s and %(more)d month since",
        "the most of both sides in one month: %(n)d, in %(month)s and %(more)d months since",
        len(full) - 1,
    ) % {"n": top, "month": first, "more": len(full) - 1}


def month_said(month: Month) -> str:
    parts = [in_words(month.first, MONTH)]
    for name, counts, total in (
        (_("both sides"), month.both, month.both_total), (_("one side"), month.one, month.one_total),
    ):  # fmt: skip
        parts.append(f"{name} {total}" + (f" ({listed(counts)})" if total else ""))
    return " · ".join(parts)


def months_twin(found: Sequence[Month], links: Sequence[str]) -> Twin:
    keys = ["month", "both_sides", *(f"both_{track}" for track in TRACKS), "one_side", *(f"one_{t}" for t in TRACKS)]
    names = [str(LANE_NAMES[track]) for track in TRACKS]
    heads = [
        _("Month"), _("Both sides"), *(_("both: %(name)s") % {"name": name} for name in names),
        _("One side"), *(_("one: %(name)s") % {"name": name} for name in names),
    ]  # fmt: skip
    rows = [
        [month.first.isoformat()[:7], month.both_total, *(month.both.get(track, 0) for track in TRACKS),
         month.one_total, *(month.one.get(track, 0) for track in TRACKS)]
        for month in found
    ]  # fmt: skip
    return Twin(keys, heads, rows, list(links))


# ---- quarters
def quarters_sentence(found: Sequence[Quarter], until: date) -> str:
    """The latest four quarters, and the four before where all of them are shown."""
    day = in_words(until)
    if not any(quarter.total for quarter in found):
        return _("Up to %(day)s no contact of both sides answers these filters.") % {"day": day}
    latest = found[-YEAR:]
    now, before = together(latest), together(found[-2 * YEAR : -YEAR])
    total = sum(now.values())
    span = ngettext(
        "In the quarter to %(day)s", "In the %(n)d quarters to %(day)s", len(latest)
    ) % {"n": len(latest), "day": day}  # fmt: skip
    if not total:
        return _("%(span)s there is no contact of both sides on record.") % {"span": span}
    said = ngettext(
        "%(span)s %(direct)d of %(n)d contact of both sides was direct",
        "%(span)s %(direct)d of %(n)d contacts of both sides were direct",
        total,
    ) % {"span": span, "direct": now[Track.DIRECT], "n": total}
    return f"{said}, {others_among(now)}{earlier(before) if len(found) >= 2 * YEAR else ''}."


def others_among(now: Mapping[str, int]) -> str:
    """“1 was a session of a commission, 6 had a third party present (EU 1, United States 5)”."""
    third = {track: n for track, n in now.items() if track not in (Track.DIRECT, Track.COMMISSIONS)}
    sessions, present = now.get(Track.COMMISSIONS, 0), sum(third.values())
    parts = []
    if sessions:
        parts.append(
            ngettext("%(n)d was a session of a commission", "%(n)d were sessions of commissions", sessions)
            % {"n": sessions}
        )
    had = ngettext("%(n)d had a third party present", "%(n)d had a third party present", present) % {"n": present}
    return ", ".join([*parts, had + (f" ({listed(third)})" if third else "")])


def earlier(before: Mapping[str, int]) -> str:
    total = sum(before.values())
    if not total:
        return ""
    return "; " + _("in the four quarters before, %(direct)d of %(n)d were direct") % {
        "direct": before.get(Track.DIRECT, 0), "n": total
    }  # fmt: skip


def quarter_said(quarter: Quarter) -> str:
    total = ngettext("%(n)d contact of both sides", "%(n)d contacts of both sides", quarter.total) % {
        "n": quarter.total
    }
    return f"{quarter.name} · {total}" + (f" · {listed(quarter.counts)}" if quarter.total else "")


def quarters_twin(found: Sequence[Quarter], links: Sequence[str]) -> Twin:
    keys = ["quarter", "contacts", *TRACKS, "third_party_share"]
    names = [str(LANE_NAMES[track]) for track in TRACKS]
    heads = [_("Quarter"), _("Contacts"), *names, _("Third party present, %")]
    rows = [[q.name, q.total, *(q.counts.get(track, 0) for track in TRACKS), third_share(q)] for q in found]
    return Twin([str(key) for key in keys], heads, rows, list(links))


def third_share(quarter: Quarter) -> int | None:
    """Contacts with a third party present, per cent of all. None where there was no contact."""
    if not quarter.total:
        return None
    without = quarter.counts.get(Track.DIRECT, 0) + quarter.counts.get(Track.COMMISSIONS, 0)
    return round((quarter.total - without) / quarter.total * 100)


# ---- lead time
def lead_sentence(found: Sequence[Lead], until: date) -> str:
    day = in_words(until)
    held = [lead for lead in found if lead.held]
    off = len(found) - len(held)
    if not held:
        said = _("Up to %(day)s no contact that was announced and held answers these filters") % {"day": day}
        return f"{said}; {called_off(off)}." if off else f"{said}."
    longest = max(held, key=lambda lead: lead.days)
    said = ngettext(
        "Up to %(day)s the record has %(n)d contact that was announced and then held",
        "Up to %(day)s the record has %(n)d contacts that were announced and then held",
        len(held),
    ) % {"day": day, "n": len(held)}
    if len(held) == 1:
        return f"{said}, {ahead(longest.days)}" + (f"; {called_off(off)}." if off else ".")
    facts = _("half of them at most %(median)s days ahead, the longest %(longest)d") % {
        "median": number(middle(held) or 0), "longest": longest.days
    }  # fmt: skip
    same = sum(lead.days == 0 for lead in held)
    facts += ", " + _("%(n)d on the day itself") % {"n": same} if same else ""
    return f"{said}: {facts}" + (f"; {called_off(off)}." if off else ".")


def ahead(days: int) -> str:
    if not days:
        return _("on the day itself")
    return ngettext("%(n)d day ahead", "%(n)d days ahead", days) % {"n": days}


def called_off(n: int) -> str:
    return ngettext(
        "%(n)d was announced and called off", "%(n)d were announced and called off", n
    ) % {"n": n}  # fmt: skip


def lead_said(lead: Lead) -> str:
    return f"{short(lead.day)} · {lead.title} · {ahead(lead.days)}"


def lead_twin(found: Sequence[Lead], links: Sequence[str]) -> Twin:
    keys = ["title", "held_on", "announced_on", "lead_days", "format", "event"]
    heads = [_("Event"), _("Held on"), _("Announced on"), _("Days ahead"), _("Format")]
    rows = [
        [lead.title, lead.day.isoformat(), lead.announced.isoformat(), lead.days,
         str(LANE_NAMES[lead.track or Track.OTHER]), lead.slug]
        for lead in found
    ]  # fmt: skip
    return Twin(keys, heads, rows, list(links))


# ---- calendar
def calendar_sentence(found: Sequence[Week], vague: int, until: date) -> str:
    """`vague`: contacts that are left out because no day is known."""
    day = in_words(until)
    if not found:
        said = _("Up to %(day)s no contact whose day is known answers these filters.") % {"day": day}
        return f"{said} {left_out(vague)}".rstrip()
    busy = sum(week.count > 0 for week in found)
    said = ngettext(
        "Up to %(day)s there is a contact on record in %(busy)d of %(n)d week since the first",
        "Up to %(day)s there is a contact on record in %(busy)d of %(n)d weeks since the first",
        len(found),
    ) % {"day": day, "busy": busy, "n": len(found)}
    quiet = longest_quiet(found)
    if quiet:
        end = min(quiet[-1].sunday, until)
        said += "; " + ngettext(
            "the longest run without one is %(n)d week, %(first)s to %(last)s",
            "the longest run without one is %(n)d weeks, %(first)s to %(last)s",
            len(quiet),
        ) % {"n": len(quiet), "first": in_words(quiet[0].monday), "last": in_words(end)}
    return f"{said}. {left_out(vague)}".rstrip()


def left_out(vague: int) -> str:
    if not vague:
        return ""
    return ngettext(
        "%(n)d contact known only to the month or year is left out.",
        "%(n)d contacts known only to the month or year are left out.",
        vague,
    ) % {"n": vague}


def week_said(week: Week) -> str:
    return week_in_words(week.monday, week.count, week.both, get_language())


@lru_cache(maxsize=4096)
def week_in_words(monday: date, count: int, both: int, language: str | None) -> str:
    """“Week from 4 Apr 2022 · 3 contacts · both sides in 1”."""
    text = _("Week from %(day)s") % {"day": in_words(monday, short=True)}
    text += " · " + ngettext("%(n)d contact", "%(n)d contacts", count) % {"n": count}
    return text + (" · " + _("both sides in %(n)d") % {"n": both} if both else "")


def calendar_twin(found: Sequence[Week], links: Sequence[str]) -> Twin:
    """Weeks with a contact; a week that is not named has none."""
    keys = ["monday", "week", "contacts", "both_sides"]
    heads = [_("Week from Monday"), _("Week"), _("Contacts"), _("Both sides")]
    rows = [[week.monday.isoformat(), f"{week.year}-W{week.number:02}", week.count, week.both] for week in found]
    return Twin(keys, heads, rows, list(links))
