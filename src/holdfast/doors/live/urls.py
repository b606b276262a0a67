"""The addresses of the scene: as short as can be, because they are read out and typed by somebody in danger."""

from django.urls import path

from holdfast.doors.live import views

app_name = "live"

urlpatterns = [
    path("", views.begin, name="begin"),
    path("open", views.open_it, name="open"),
    path("over", views.over, name="over"),
    path("leave", views.leave, name="leave"),
    path("<str:signs>", views.by_link, name="link"),
]
