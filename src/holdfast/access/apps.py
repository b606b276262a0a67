from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who may see and do what, and the log of who did."""

    name = "holdfast.access"
    label = "access"
    verbose_name = "Access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from holdfast.access.log.reasons import LOG_KEY
        from holdfast.casefile.keys.wrapped import also_wrapped

        also_wrapped("log_key", "id", lambda _: LOG_KEY)
        import holdfast.access.sign_in.signals  # noqa: F401 hears who signs in
