"""Users in the admin, as Django keeps them."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from peacetracker.core.models import User

admin.site.register(User, UserAdmin)
admin.site.site_header = admin.site.site_title = "Peace Tracker"
admin.site.index_title = _("Editors' desk")
