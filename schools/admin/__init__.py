"""Django admin of people and places, for those who keep the system running."""

from django.contrib import admin

from schools.admin import people, places, system

__all__ = ["people", "places", "system"]

admin.site.site_header = "Наставничество: администрирование"
admin.site.site_title = "Наставничество"
admin.site.index_title = "Учётные записи, организации, справочники"
