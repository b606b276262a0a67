"""The addresses of the desk. A case stands in them by its code, never by a person."""

from django.urls import path

from holdfast.doors.desk.views import call
from holdfast.doors.desk.views import case
from holdfast.doors.desk.views import correct
from holdfast.doors.desk.views import find
from holdfast.doors.desk.views import keys
from holdfast.doors.desk.views import numbers
from holdfast.doors.desk.views import overview
from holdfast.doors.desk.views import queue
from holdfast.doors.desk.views import record
from holdfast.doors.desk.views import report
from holdfast.doors.desk.views import sign_in
from holdfast.doors.desk.views import wall
from holdfast.doors.desk.views import words

app_name = "desk"

urlpatterns = [
    path("", queue.my_queue, name="queue"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("keys", keys.keys, name="keys"),
    path("find", find.find, name="find"),
    path("call", call.take_call, name="take-call"),
    path("overview", overview.overview, name="overview"),
    path("figures", numbers.numbers, name="figures"),
    path("case/<str:code>", case.case, name="case"),
    path("case/<str:code>/record", record.choose, name="choose"),
    path("case/<str:code>/record/<str:kind>", record.record, name="record"),
    path("case/<str:code>/correct/<int:number>", correct.correct, name="correct"),
    path("case/<str:code>/report", report.report, name="report"),
    path("case/<str:code>/words", words.issue, name="words"),
    path("case/<str:code>/looks", case.looks, name="looks"),
    path("case/<str:code>/wall", wall.wall, name="wall"),
]
