"""The guide's addresses. It answers for whatever no other door does."""

from django.urls import path

from holdfast.doors.guide import views

app_name = "guide"

urlpatterns = [
    path("", views.choose_place, name="places"),
    path("guide/<slug:place>/", views.contents, name="contents"),
    path("guide/<slug:place>/<slug:page>", views.read, name="page"),
    path("leave", views.leave, name="leave"),
    path("leave/<slug:place>", views.leave, name="leave_place"),
    path("traces", views.traces, name="traces"),
]
