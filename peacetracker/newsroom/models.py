"""Feeds, what they brought, and the drafts made of it. The record knows nothing of these tables."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peacetracker.core.dates import in_words
from peacetracker.core.models import Timestamped
from peacetracker.diplomacy.choices import Kind, Status
from peacetracker.diplomacy.models import Event
from peacetracker.newsroom.querysets import (
    ArticleQuerySet,
    DomainQuerySet,
    DraftQuerySet,
    FeedQuerySet,
    ReadingQuerySet,
)


class Feed(Timestamped):
    """An address that is polled. The row keeps the schedule: what is due is due in every process, whatever the queue
    forgot. `sample:` addresses are read from a file of the package; real ones only with `FEEDS=on` or the switch."""

    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=1000, unique=True)
    lang = models.CharField(_("language"), max_length=12, blank=True)
    side = models.ForeignKey(
        "diplomacy.Party", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("side"),
        help_text=_("The party whose official or national outlet it is; empty for an independent one."),
    )  # fmt: skip
    pace_minutes = models.PositiveIntegerField(_("minutes between checks"), default=30)
    adaptive = models.BooleanField(
        _("find the pace"), default=True,
        help_text=_("Ask as often as the feed publishes, between ten minutes and a day, once that is known."),
    )  # fmt: skip
    full_text = models.BooleanField(
        _("read the page"), default=False,
        help_text=_("The feed gives only teasers: read the article's page, if its robots.txt allows."),
    )  # fmt: skip
    enabled = models.BooleanField(
        _("on"), null=True, blank=True, default=None,
        choices=[(None, _("as FEEDS says")), (True, _("on")), (False, _("off"))],
        help_text=_("Off is off, whatever FEEDS says: neither the feed nor a page of it is asked for."),
    )  # fmt: skip
    note = models.TextField(_("note"), blank=True)
    next_check_at = models.DateTimeField(_("next check"), default=timezone.now)
    gone_at = models.DateTimeField(
        _("gone since"), null=True, blank=True,
        help_text=_("Never asked again, whatever else is set. Empty this field to try once more."),
    )  # fmt: skip
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    begun = models.BooleanField(default=False, editable=False)
    learned_minutes = models.PositiveIntegerField(_("pace found, in minutes"), null=True, editable=False)
    wishes = models.JSONField(_("what the feed asks for"), default=dict, blank=True, editable=False)
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    error_count = models.PositiveIntegerField(_("errors in a row"), default=0, editable=False)
    last_error = models.TextField(_("last error"), blank=True, editable=False)
    last_checked_at = models.DateTimeField(_("last check"), null=True, editable=False)
    last_success_at = models.DateTimeField(_("last success"), null=True, editable=False)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        indexes = [models.Index(fields=["enabled", "next_check_at"], name="feed_due")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_sample(self) -> bool:
        return self.address.startswith("sample:")


class Domain(models.Model):
    """A registrable domain that was asked, and when it may be asked again: one row for all processes."""

    name = models.CharField(_("domain"), max_length=253, primary_key=True)
    free_at = models.DateTimeField(_("free again"))

    objects = DomainQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("domain")
        verbose_name_plural = _("domains")

    def __str__(self) -> str:
        return self.name


class FetchLog(models.Model):
    """A line for each fetch. The raw body is kept compressed for some weeks, to be replayed through a better parser."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="fetches", verbose_name=_("feed"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=12)
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True)
    bytes = models.PositiveIntegerField(_("bytes"), default=0)
    new_count = models.PositiveIntegerField(_("new articles"), default=0)
    took_ms = models.PositiveIntegerField(_("milliseconds"), default=0)
    error = models.TextField(_("error"), blank=True)
    moved_to = models.CharField(_("moved for good to"), max_length=1000, blank=True)
    body = models.BinaryField(null=True, editable=False)
    content_type = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("fetch")
        verbose_name_plural = _("fetches")

    def __str__(self) -> str:
        return f"{self.feed} {self.at:%Y-%m-%d %H:%M} {self.outcome}"


class Article(Timestamped):
    """One page or feed entry, stored once: `key` is made from its address without tracking parameters, else from the
    feed and the entry. Its text stays in the newsroom and is never published."""

    class State(models.TextChoices):
        NEW = "new", _("not read yet")
        DRAFTED = "drafted", _("read")
        FAILED = "failed", _("could not be read")

    key = models.CharField(max_length=64, unique=True, editable=False)
    feed = models.ForeignKey(
        Feed, models.SET_NULL, null=True, blank=True, related_name="articles", verbose_name=_("feed")
    )
    url = models.URLField(_("address"), max_length=1000, blank=True)
    title = models.CharField(_("title"), max_length=500, blank=True)
    text = models.TextField(_("text"))
    published = models.DateTimeField(_("published"), null=True, blank=True)
    lang = models.CharField(_("language"), max_length=12, blank=True)
    publisher_name = models.CharField(_("publisher"), max_length=200, blank=True)
    side = models.ForeignKey(
        "diplomacy.Party", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("side")
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.NEW, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    error = models.TextField(_("error"), blank=True, editable=False)
    page_key = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    page_read_at = models.DateTimeField(_("page read"), null=True, editable=False)
    official = models.BooleanField(_("official readout"), default=False, editable=False)
    reread_at = models.DateTimeField(null=True, db_index=True, editable=False)
    mentions = models.JSONField(_("proposals and bodies mentioned"), default=list, blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published", "-pk"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [models.Index(fields=["state", "leased_until"], name="article_undrafted")]

    def __str__(self) -> str:
        return self.title or self.url or self.key[:12]


class Reading(models.Model):
    """The page of an official readout as it was first read, and again whenever its text had changed. `edits` is a list
    of {gone, come}, the sentences that went and came since the reading before; empty for the first."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="readings", verbose_name=_("article"))
    at = models.DateTimeField(_("at"))
    text = models.TextField(_("text"))
    edits = models.JSONField(_("edits"), default=list, blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("reading")
        verbose_name_plural = _("readings")

    def __str__(self) -> str:
        return f"{self.article} {self.at:%Y-%m-%d %H:%M}"


class Draft(Timestamped):
    """An event as the extraction proposes it, waiting for an editor.

    `participants` is a list of {slug, name, role, how, office, evidence}; an unknown person has slug null and is
    resolved by the editor, never dropped. `field_evidence` maps a field to the sentence that it was read from.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        APPROVED = "approved", _("approved")
        MERGED = "merged", _("merged into an event")
        REJECTED = "rejected", _("rejected")

    class Precision(models.TextChoices):
        DAY = "day", _("day")
        MONTH = "month", _("month")
        YEAR = "year", _("year")
        UNKNOWN = "unknown", _("not known")

    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.HELD)
    date = models.DateField(_("date"), null=True, blank=True)
    date_precision = models.CharField(
        _("date known to the"), max_length=8, choices=Precision.choices, default=Precision.UNKNOWN
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"))
    participants = models.JSONField(_("participants"), default=list, blank=True)
    place = models.CharField(_("place (slug)"), max_length=120, blank=True)
    place_name = models.CharField(_("place as named"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    topics = models.JSONField(_("topics"), default=list, blank=True)
    bodies = models.JSONField(_("bodies"), default=list, blank=True)
    proposals = models.JSONField(_("proposals"), default=list, blank=True)
    evidence = models.TextField(_("evidence"))
    field_evidence = models.JSONField(default=dict, blank=True, editable=False)
    reasons = models.JSONField(_("rules that fired"), default=list, blank=True, editable=False)
    confidence = models.FloatField(_("confidence"), default=0.0)
    story_key = models.CharField(max_length=64, db_index=True, editable=False)
    likely_event = models.ForeignKey(
        "diplomacy.Event", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("probably repeats")
    )
    likeness = models.FloatField(_("likeness"), default=0.0, editable=False)
    event = models.ForeignKey(
        "diplomacy.Event", models.SET_NULL, null=True, related_name="+", verbose_name=_("event"), editable=False
    )
    submitted_by = models.CharField(_("submitted by"), max_length=120, blank=True, editable=False)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        permissions = [("review_draft", "Can approve, merge and reject drafts")]
        constraints = [
            models.CheckConstraint(
                condition=Q(date_precision="unknown", date=None)
                | (~Q(date_precision="unknown") & Q(date__isnull=False)),
                name="draft_date_and_precision_agree",
                violation_error_message=_("A date needs its precision, and a precision its date."),
            ),
            models.UniqueConstraint(
                "story_key", condition=Q(state="waiting"), name="story_waits_once"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "-confidence"], name="draft_queue")]

    def __str__(self) -> str:
        return self.title

    def date_in_words(self) -> str:
        return in_words(self.date, self.date_precision)

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def repeats(self) -> Event | None:
        """The public event that it probably repeats: of one that was merged, its heir."""
        return self.likely_event.standing() if self.likely_event else None

    def unresolved(self) -> list[str]:
        """Names of participants whom the record does not know."""
        return [person["name"] for person in self.participants if not person.get("slug")]


class DraftSource(models.Model):
    """An article that tells a draft's story, and where in it."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="sources")
    article = models.ForeignKey(Article, models.CASCADE, related_name="drafts", verbose_name=_("article"))
    evidence = models.TextField(_("evidence"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("article of a draft")
        verbose_name_plural = _("articles of a draft")
        constraints = [models.UniqueConstraint("draft", "article", name="article_tells_a_draft_once")]

    def __str__(self) -> str:
        return str(self.article)


class Submission(models.Model):
    """A draft that a program sent with its key; the same call sent twice makes it once and is answered alike.

    Keys lie in a room above: `key` is the number of one, and the draft has its name in `submitted_by`.
    """

    draft = models.OneToOneField(Draft, models.CASCADE, related_name="submission", verbose_name=_("draft"))
    key = models.PositiveBigIntegerField(editable=False)
    once = models.CharField(max_length=200, null=True, editable=False, help_text=_("The Idempotency-Key, if sent."))
    digest = models.CharField(max_length=64, editable=False, help_text=_("SHA-256 of what was sent."))
    answer = models.JSONField(default=dict, editable=False)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [models.UniqueConstraint(fields=["key", "once"], name="submitted_once")]

    def __str__(self) -> str:
        return str(self.draft)


class Decision(models.Model):
    """One act of an editor on a draft. Kept for ever; `taken_back_at` tells that it was undone."""

    class Act(models.TextChoices):
        APPROVE = "approve", _("approved")
        MERGE = "merge", _("merged")
        REJECT = "reject", _("rejected")

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="decisions", verbose_name=_("draft"))
    act = models.CharField(_("act"), max_length=8, choices=Act.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    event_slug = models.CharField(_("event"), max_length=120, blank=True)
    added_sources = models.JSONField(default=list, blank=True, editable=False)
    taken_back_at = models.DateTimeField(_("taken back"), null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.at:%Y-%m-%d %H:%M}"


class Report(Timestamped):
    """An error that a reader told: which page, what is wrong, and where it can be checked. It never shows in public."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        HANDLED = "handled", _("handled")
        SET_ASIDE = "aside", _("set aside")

    page = models.CharField(_("page"), max_length=500)
    message = models.TextField(_("what is wrong"))
    source = models.URLField(_("a source that shows it"), max_length=1000, blank=True)
    contact = models.EmailField(_("e-mail for an answer"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    answer = models.TextField(_("what was done"), blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("handled by"),
    )  # fmt: skip

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("reader's report")
        verbose_name_plural = _("readers' reports")
        indexes = [models.Index(fields=["state", "created_at"], name="report_queue")]

    def __str__(self) -> str:
        return f"{self.page}: {self.message[:60]}"
