from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who may see and do what, and the log of who did."""

    name = "holdfast.access"
    label = "access"
    verbose_name = "Access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import holdfast.access.sign_in.signals  # noqa: F401 hears who signs in
