from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The staff's door."""

    name = "holdfast.doors.desk"
    label = "desk"
    verbose_name = "Desk"

    def ready(self) -> None:
        from holdfast.access.sign_in.fresh import asks_with
        from holdfast.doors.desk.proving import prove_page
        from holdfast.doors.desk.proving import proves

        asks_with(prove_page, proves)
