"""The addresses of the public report. None of them says what it is."""

from django.urls import path

from holdfast.doors.report import views

app_name = "report"

urlpatterns = [
    path("", views.first, name="first"),
    path("on", views.write, name="write"),
    path("now", views.ring, name="ring"),
    path("leave", views.leave, name="leave"),
]
