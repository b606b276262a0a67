"""The addresses of the machines' door."""

from django.urls import path

from holdfast.doors.api.receipt_key import receipt_key
from holdfast.doors.api.views import calls

app_name = "api"
urlpatterns = [
    path("calls", calls, name="calls"),
    path("receipt-key", receipt_key, name="receipt-key"),
]
