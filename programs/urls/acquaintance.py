"""Sheets of acquaintance with acts and orders."""

from django.urls import path

from programs.views import acquaintance

urlpatterns = [
    path(
        "orders/<int:pk>/acquaintance/",
        acquaintance.acquaintance_order,
        name="acquaintance-order",
    ),
    path("acts/<int:pk>/acquaintance/", acquaintance.acquaintance_act, name="acquaintance-act"),
    path(
        "order-lines/<int:pk>/acquaintance/",
        acquaintance.acquaintance_record,
        name="acquaintance-record",
    ),
    path(
        "acquaintances/<int:pk>/withdraw/",
        acquaintance.acquaintance_withdraw,
        name="acquaintance-withdraw",
    ),
]
