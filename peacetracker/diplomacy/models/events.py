"""Events, who took part, and what each side said of them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from peacetracker.core.dates import Span, in_words, widest
from peacetracker.core.text import fold
from peacetracker.diplomacy.choices import CommitmentStatus, Kind, Level, Precision, Role, Status, Track, Visibility
from peacetracker.diplomacy.models.base import Keyed, Named, Record
from peacetracker.diplomacy.models.people import Leader, Office, Party, Tenure
from peacetracker.diplomacy.models.sources import Source
from peacetracker.diplomacy.querysets import EventQuerySet, KindManager


class Place(Named, Record):
    """A town or stretch of border. `approximate`: coordinates from knowledge, to two decimals."""

    country = models.CharField(_("country (ISO 3166)"), max_length=2)
    lat = models.FloatField(_("latitude"))
    lon = models.FloatField(_("longitude"))
    approximate = models.BooleanField(_("approximate"), default=False)
    geonameid = models.PositiveIntegerField(_("GeoNames id"), null=True, blank=True)
    other_names = models.JSONField(_("other names"), default=list, blank=True)

    class Meta(Record.Meta):
        ordering = ["name"]
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def get_absolute_url(self) -> str:
        return f"/places/{self.slug}/"

    def folded(self) -> str:
        return " · ".join(dict.fromkeys(map(fold, [*self.spellings(), *self.other_names])))


class Topic(Named, Record):
    """What an event was about."""

    description = models.TextField(_("description"))

    class Meta(Record.Meta):
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def get_absolute_url(self) -> str:
        return f"/topics/{self.slug}/"

    def folded(self) -> str:
        return " · ".join(map(fold, [*self.spellings(), self.description]))


class Event(Record):
    """One dated thing of the process. Every write goes through record.py, which keeps what is derived here."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.HELD)
    date = models.DateField(_("date"), help_text=_("With a month or year the rest is for sorting only."))
    end_date = models.DateField(_("last day"), null=True, blank=True)
    date_precision = models.CharField(
        _("date known to the"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), help_text=_("In own words; claims attributed."))
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("place")
    )
    outcomes = models.JSONField(_("outcomes"), default=list, blank=True)
    note = models.TextField(_("note to the reader"), null=True, blank=True)
    parties = models.ManyToManyField(Party, related_name="events", verbose_name=_("parties"))
    topics = models.ManyToManyField(Topic, related_name="events", verbose_name=_("topics"))
    bodies = models.ManyToManyField(
        "diplomacy.Body", related_name="events", blank=True, verbose_name=_("commissions and bodies")
    )
    proposals = models.ManyToManyField(
        "diplomacy.Proposal", related_name="events", blank=True, verbose_name=_("proposals")
    )
    # Derived by record.py.
    first_day = models.DateField(editable=False)
    last_day = models.DateField(editable=False)
    track = models.CharField(_("track"), max_length=12, choices=Track.choices, null=True, editable=False)
    joint = models.BooleanField(_("both sides took part"), default=False, editable=False)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, null=True, editable=False)
    source_count = models.PositiveSmallIntegerField(_("sources"), default=0, editable=False)
    accounts_differ = models.BooleanField(_("accounts differ"), default=False, editable=False)

    objects = EventQuerySet.as_manager()  # type: ignore[misc] # Record's, with more

    class Meta(Record.Meta):
        ordering = ["-first_day", "-slug"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.PUBLIC) | Q(source_count__gt=0),
                name="public_event_has_a_source",
                violation_error_message=_("A public event needs at least one source."),
            ),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("date")),
                name="event_ends_after_its_start",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]
        # What lists filter and count by rides along, so that most are answered from the index alone.
        indexes = [
            models.Index(fields=["slug"], condition=~Q(visibility=Visibility.PUBLIC), name="event_hidden"),
            models.Index(
                fields=["visibility", "first_day", "slug"], name="event_in_order",
                include=["last_day", "kind", "status", "track", "level", "joint"],
            ),
            models.Index(
                fields=["kind", "first_day", "slug"], name="event_of_kind_in_order",
                include=["visibility", "last_day", "status", "track", "level", "joint"],
            ),
            models.Index(fields=["place", "first_day", "slug"], name="event_at_place_in_order"),
            models.Index(fields=["visibility", "last_day"], name="event_by_last_day"),
            # The few that a question of days can't tell by their first day alone.
            models.Index(
                fields=["last_day"], include=["first_day", "visibility"], condition=Q(last_day__gt=F("first_day")),
                name="event_across_days",
            ),
            # What is counted and asked of events, without their texts: a twentieth of the table.
            models.Index(
                fields=["id"],
                include=["visibility", "kind", "status", "track", "level", "joint", "first_day", "last_day", "place"],
                name="event_at_hand",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/events/{self.slug}/"

    @property
    def span(self) -> Span:
        """Every day on which it may have been."""
        span = widest(self.date, self.date_precision)
        return Span(span.first, max(span.last, self.end_date)) if self.end_date else span

    def date_in_words(self) -> str:
        first = in_words(self.date, self.date_precision)
        if self.end_date and self.date_precision == Precision.DAY and self.end_date != self.date:
            return f"{first} – {in_words(self.end_date)}"
        return first

    def save(self, *args: object, **kwargs: object) -> None:
        self.first_day, self.last_day = self.span.first, self.span.last
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def folded(self) -> str:
        """Title, summary and the names that the event carries; record.py passes the names."""
        return " · ".join(map(fold, [self.title, self.summary, *self.outcomes]))


class Participation(models.Model):
    """One person at one event. Office and party are those of that day, derived by record.py from the tenures.

    What lists and counts ask of a public event stands here once more (null for one that is hidden): the events of one
    person are then read from one index, in order, however many events there are.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="participations")
    leader = models.ForeignKey(Leader, models.PROTECT, related_name="participations", verbose_name=_("leader"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.PARTICIPANT)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="participations", editable=False)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="participations", editable=False)
    event_kind = models.CharField(max_length=20, null=True, editable=False)
    event_status = models.CharField(max_length=10, null=True, editable=False)
    event_track = models.CharField(max_length=12, null=True, editable=False)
    event_level = models.CharField(max_length=10, null=True, editable=False)
    event_joint = models.BooleanField(null=True, editable=False)
    event_place_id = models.BigIntegerField(null=True, editable=False)
    event_first_day = models.DateField(null=True, editable=False)
    event_last_day = models.DateField(null=True, editable=False)
    event_slug = models.CharField(max_length=120, null=True, editable=False)

    # What of the event stands here, each as event_<name>.
    OF_EVENT = ("kind", "status", "track", "level", "joint", "place_id", "first_day", "last_day", "slug")

    class Meta:
        ordering = ["id"]
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [models.UniqueConstraint("event", "leader", name="person_takes_part_once")]
        indexes = [
            models.Index(
                fields=["leader", "event_first_day", "event_slug"], name="person_in_order",
                include=[
                    "event", "event_last_day", "event_kind", "event_status", "event_track", "event_level",
                    "event_joint", "event_place_id",
                ],
            ),
            models.Index(fields=["leader", "event_kind", "event_first_day", "event_slug"], name="person_by_kind"),
            models.Index(fields=["party", "event"], condition=Q(role=Role.MEDIATOR), name="mediator_of_party"),
            models.Index(fields=["leader", "event"], condition=Q(role=Role.MEDIATOR), name="mediator_by_name"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.leader} ({self.get_role_display()})"


class Account(Keyed):
    """What one party's readout says of an event.

    `complete`: the whole readout was read, so that what it does not name was left out. Otherwise silence means nothing.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="accounts", verbose_name=_("event"))
    voice = models.ForeignKey(Party, models.PROTECT, related_name="accounts", verbose_name=_("voice"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="accounts", verbose_name=_("source"))
    complete = models.BooleanField(_("whole readout was read"), default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint("event", "voice", "source", name="readout_is_recorded_once")]

    def __str__(self) -> str:
        return f"{self.voice}: {self.event}"


class AccountLine(Keyed):
    """One thing that an account says, by subject: a topic's slug or one of choices.ACCOUNT_SUBJECTS."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="lines")
    subject = models.SlugField(_("subject"), max_length=60)
    text = models.TextField(_("text"), help_text=_("In own words, attributed."))
    quote = models.CharField(_("quotation"), max_length=200, null=True, blank=True, help_text=_("At most 15 words."))

    class Meta:
        ordering = ["id"]
        verbose_name = _("line of an account")
        verbose_name_plural = _("lines of accounts")

    def __str__(self) -> str:
        return f"{self.subject}: {self.text}"


class Announcement(Keyed):
    """That an event was announced beforehand; lead time is the event's day less `announced_on`."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="announcements", verbose_name=_("event"))
    announced_on = models.DateField(_("announced on"))
    by = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"),
        help_text=_("Empty: an independent page."),
    )  # fmt: skip
    text = models.TextField(_("text"))

    class Meta:
        ordering = ["announced_on", "id"]
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")

    def __str__(self) -> str:
        return self.text


class Commitment(Record):
    """Something promised at an event. `due` and `resolved_on` are partial dates."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="commitments", verbose_name=_("event"))
    text = models.TextField(_("text"))
    by = models.ManyToManyField(Party, related_name="commitments", verbose_name=_("by"))
    due = models.CharField(_("due"), max_length=10, null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=CommitmentStatus.choices)
    resolved_on = models.CharField(_("resolved on"), max_length=10, null=True, blank=True)
    resolved_by = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="commitments_resolved", verbose_name=_("resolved by")
    )
    note = models.TextField(_("note"), null=True, blank=True)

    class Meta(Record.Meta):
        ordering = ["id"]
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return f"/commitments/#{self.slug}"


class Discrepancy(Keyed):
    """A point on which accounts of one event, proposal or tenure contradict each other."""

    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="discrepancies")
    proposal = models.ForeignKey(
        "diplomacy.Proposal", models.CASCADE, null=True, blank=True, related_name="discrepancies"
    )
    tenure = models.ForeignKey(Tenure, models.CASCADE, null=True, blank=True, related_name="discrepancies")
    field = models.CharField(_("what differs"), max_length=60)
    value = models.TextField(_("what is said"))
    according_to = models.CharField(_("according to"), max_length=250)
    source = models.ForeignKey(Source, models.PROTECT, related_name="discrepancies", verbose_name=_("source"))
    note = models.TextField(_("note"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("discrepancy")
        verbose_name_plural = _("discrepancies")
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False, proposal=None, tenure=None)
                | Q(event=None, proposal__isnull=False, tenure=None)
                | Q(event=None, proposal=None, tenure__isnull=False),
                name="discrepancy_is_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.value} ({self.according_to})"


class Call(Event):
    objects: ClassVar[Any] = KindManager(Kind.CALL)

    class Meta:
        proxy = True
        verbose_name = _("call")
        verbose_name_plural = _("calls")


class Meeting(Event):
    objects: ClassVar[Any] = KindManager(Kind.MEETING)

    class Meta:
        proxy = True
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")


class Visit(Event):
    objects: ClassVar[Any] = KindManager(Kind.VISIT)

    class Meta:
        proxy = True
        verbose_name = _("visit")
        verbose_name_plural = _("visits")


class CommissionSession(Event):
    objects: ClassVar[Any] = KindManager(Kind.COMMISSION_SESSION)

    class Meta:
        proxy = True
        verbose_name = _("commission session")
        verbose_name_plural = _("commission sessions")
