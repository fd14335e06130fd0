"""The orders book."""

from django.urls import path

from programs.views import orders

urlpatterns = [
    path("orders/", orders.order_list, name="order-list"),
    path("schools/<int:pk>/orders/new/", orders.order_new, name="order-new"),
    path("pairs/<int:pk>/order/", orders.order_draft, name="order-draft"),
    path("orders/<int:pk>/", orders.order_detail, name="order-detail"),
    path("orders/<int:pk>/sign/", orders.order_sign, name="order-sign"),
    path("orders/<int:pk>/all-signed/", orders.order_record_all, name="order-record-all"),
    path("orders/<int:pk>/correct/", orders.order_correct, name="order-correct"),
    path("orders/<int:pk>/drop/", orders.order_drop, name="order-drop"),
    path("orders/<int:pk>/points/add/", orders.order_line_add, name="order-line-add"),
    path("points/<int:pk>/drop/", orders.order_line_drop, name="order-line-drop"),
    path("points/<int:pk>/cancel/", orders.order_line_cancel, name="order-line-cancel"),
]
