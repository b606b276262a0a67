"""The addresses of the machines' door."""

from django.urls import path

from holdfast.doors.api import positions
from holdfast.doors.api import telephone
from holdfast.doors.api.receipt_key import receipt_key
from holdfast.doors.api.texts import texts
from holdfast.doors.api.views import calls

app_name = "api"
urlpatterns = [
    path("calls", calls, name="calls"),
    path("aml", positions.aml, name="aml"),
    path("locations", positions.locations, name="locations"),
    path("texts", texts, name="texts"),
    path("telephone/twilio", telephone.twilio, name="twilio"),
    path("telephone/telnyx", telephone.telnyx, name="telnyx"),
    path("receipt-key", receipt_key, name="receipt-key"),
]
