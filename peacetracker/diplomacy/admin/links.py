"""Lists of records that belong to the one on the screen, each with a link, and links that add another."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def change_link(one: Any, text: str = "") -> SafeString:
    address = reverse(f"admin:{one._meta.app_label}_{one._meta.model_name}_change", args=[one.pk])
    return format_html('<a href="{}">{}</a>', address, text or one)


def add_link(model: Any, text: str, **given: Any) -> SafeString:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    return format_html('<a class="addlink" href="{}?{}">{}</a>', address, urlencode(given), text)


def listing(rows: Iterable[SafeString], adds: Iterable[SafeString] = ()) -> SafeString:
    """The rows under each other, then what may be added."""
    shown = format_html_join("", "<li>{}</li>", ((row,) for row in rows))
    added = format_html_join(" ", "{}", ((add,) for add in adds))
    listed = (
        format_html('<ul class="linked-rows">{}</ul>', shown) if shown else format_html("<p>{}</p>", _("None yet."))
    )
    return format_html('{}<p class="linked-adds">{}</p>', listed, added) if added else listed
