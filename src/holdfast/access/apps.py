from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who may see and do what, and the log of who did."""

    name = "holdfast.access"
    label = "access"
    verbose_name = "Access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from holdfast.access.log.finding import look_when_due
        from holdfast.access.log.reasons import LOG_KEY
        from holdfast.access.naming import after_writing
        from holdfast.access.sign_in import checks  # noqa: F401 refuses half a single sign-on
        from holdfast.access.sign_in import signals  # noqa: F401 hears who signs in
        from holdfast.access.sign_in.forgetting import forget_when_due
        from holdfast.casefile import clock
        from holdfast.casefile import importing
        from holdfast.casefile.keys.wrapped import also_wrapped

        also_wrapped("log_key", "id", lambda _: LOG_KEY)
        if after_writing not in importing.AFTERWARDS:
            importing.AFTERWARDS.append(after_writing)
        if look_when_due not in clock.ALSO_DUE:
            clock.ALSO_DUE.append(look_when_due)
        if forget_when_due not in clock.ALSO_DUE:
            clock.ALSO_DUE.append(forget_when_due)
