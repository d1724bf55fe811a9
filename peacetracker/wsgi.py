"""What the web server serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacetracker.settings")

application = get_wsgi_application()

# What is loaded once is not looked through again and again by the collector: half of the slowest answers were that.
resolve("/")
gc.collect()
gc.freeze()
