"""A reader tells of an error: what may be said, how often, and for how long an e-mail address is kept."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from peacetracker.core.visitors import client_address, counted, seconds_left
from peacetracker.newsroom.models import Report

HOUR_S = 3600
AN_HOUR = 5  # reports from one address
KEEP_CONTACT = timedelta(days=90)
CLOSED = ("/admin/", "/api/")


class TooMany(Exception):
    """This address has sent as many reports as it may; `wait` seconds until it may again."""

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__()


def page_of_this_site(text: str, host: str) -> str:
    """The path of a page here, from a path or a whole address. Raises ValueError for anything else."""
    parts = urlsplit(text.strip())
    if parts.netloc and not (parts.scheme in ("http", "https") and parts.netloc == host):
        raise ValueError("the address of another site")
    path = parts.path or "/"
    if (parts.scheme and not parts.netloc) or not path.startswith("/") or path.startswith(CLOSED):
        raise ValueError("not a path of a public page")
    try:
        with translation.override(translation.get_language_from_path(path) or "en"):
            resolve(path)
    except Resolver404:
        raise ValueError("no page has this path") from None
    return f"{path}?{parts.query}" if parts.query else path


class ReportForm(forms.ModelForm):
    """The form of the page /report/. `website` is seen by machines alone: who fills it in is one."""

    page = forms.CharField(label=_("Page"), max_length=500, help_text=_("Its address on this site."))
    message = forms.CharField(
        label=_("What is wrong"), min_length=10, max_length=4000, widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Which statement, and what it should say. At most 4,000 characters."),
    )  # fmt: skip
    source = forms.URLField(
        label=_("A source that shows it"), max_length=1000, required=False, assume_scheme="https",
        help_text=_("Optional: the address of a page where an editor can check it."),
    )  # fmt: skip
    contact = forms.EmailField(
        label=_("Your e-mail"), max_length=254, required=False,
        help_text=_("Optional: only if you want an answer."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    website = forms.CharField(label=_("Leave this field empty"), required=False, max_length=200)

    class Meta:
        model = Report
        fields = ("page", "message", "source", "contact")

    def __init__(self, *args: Any, host: str, **kwargs: Any) -> None:
        self.host = host
        super().__init__(*args, **kwargs)

    def clean_page(self) -> str:
        try:
            return page_of_this_site(self.cleaned_data["page"], self.host)
        except ValueError:
            raise forms.ValidationError(
                _("This is not the address of a page of this site, such as /events/.")
            ) from None

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.cleaned_data.get("website"))


def keep(form: ReportForm, request: HttpRequest) -> Report | None:
    """Store a report that was found valid; None if a machine wrote it. Raises TooMany."""
    if form.is_from_a_machine:
        return None
    if counted(f"reports:{client_address(request)}", HOUR_S) > AN_HOUR:
        raise TooMany(seconds_left(HOUR_S))
    report: Report = form.save()
    return report


def forget_contacts() -> int:
    """Erase the e-mail addresses of reports that were handled or set aside long enough ago."""
    done = Report.objects.exclude(state=Report.State.WAITING).exclude(contact="")
    return done.filter(updated_at__lt=timezone.now() - KEEP_CONTACT).update(contact="")
