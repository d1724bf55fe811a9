"""Users in the admin, as Django keeps them."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from peacetracker.core.models import User

admin.site.register(User, UserAdmin)
