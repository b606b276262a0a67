"""What a page carries so that its script (static/desk/passkey.js) can ask the browser for a passkey."""

import json
from typing import Any


def asked_of_browser(options: dict[str, Any]) -> str:
    """The options as JSON, for a form's data attribute. They hold a challenge and no secret."""
    return json.dumps(options, default=dict)
