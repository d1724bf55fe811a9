"""docs/api.md names what there is."""

import re

import pytest
from django.conf import settings

from peacetracker.api.asking import MEDIA_TYPES
from peacetracker.api.resources import RESOURCES, fields_of
from peacetracker.api.shapes import EventShape
from peacetracker.api.views import ADDRESSES
from peacetracker.diplomacy.filters import PARAMETERS

GUIDE = (settings.BASE_DIR / "docs" / "api.md").read_text()


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_names_every_address(address):
    assert re.search(rf"`(/api/v1/)?{address}/", GUIDE)


@pytest.mark.parametrize("word", [*PARAMETERS, "ordering", *MEDIA_TYPES, *fields_of(EventShape)])
def test_it_names_every_filter_form_and_field(word):
    assert f"`{word}`" in GUIDE


@pytest.mark.parametrize("noun", RESOURCES)
def test_it_names_the_filters_of_every_list(noun):
    table = GUIDE.split("| list | filters |")[1].split("\n\n")[0]
    line = next(line for line in table.splitlines() if f"`{noun}/`" in line)
    assert all(f"`{name}`" in line for name in RESOURCES[noun].narrowings)
