from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The staff's door."""

    name = "holdfast.doors.desk"
    label = "desk"
    verbose_name = "Desk"

    def ready(self) -> None:
        from holdfast.access.sign_in.fresh import asks_with
        from holdfast.casefile.clock import ALSO_DUE
        from holdfast.doors.desk.calls.keeping import keep_left_lying
        from holdfast.doors.desk.proving import prove_page
        from holdfast.doors.desk.proving import proves

        asks_with(prove_page, proves)
        if keep_left_lying not in ALSO_DUE:
            ALSO_DUE.append(keep_left_lying)
