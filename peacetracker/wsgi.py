"""What the web server serves."""

import gc
import os

import django
from django.urls import resolve
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacetracker.settings")

django.setup(set_prefix=False)
application = import_string("peacetracker.api.short_way.Handler")()

# What is loaded once is not looked through again and again by the collector: half of the slowest answers were that.
resolve("/")
gc.collect()
gc.freeze()
