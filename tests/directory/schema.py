"""Holds JSON against the published schema of HSDS, as far as that schema goes: types, required keys, lists, formats."""

import json
import re
from typing import Any

from tests.directory.making import SAMPLES

WHOLE = json.loads((SAMPLES / "schema/service_with_definitions.json").read_text(encoding="utf-8"))
TYPES = {"string": str, "array": list, "object": dict, "number": (int, float), "boolean": bool}
FORMATS = {
    "uuid": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "email": r"[^@\s]+@[^@\s]+",
    "uri": r"[a-z][a-z0-9+.-]*:\S+",
    "date-time": r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})",
}


def against(value: Any, schema: dict[str, Any] = WHOLE, at: str = "$") -> list[str]:
    """Where a value is not as its schema says."""
    if "$ref" in schema:
        schema = WHOLE["definitions"][schema["$ref"].removeprefix("#/definitions/")]
    wanted = schema.get("type", "object" if "properties" in schema else None)
    if wanted and (not isinstance(value, TYPES[wanted]) or (wanted == "number" and isinstance(value, bool))):
        return [f"{at}: not {wanted}"]
    found = [f"{at}: not one of them"] if "enum" in schema and value not in schema["enum"] else []
    if (form := FORMATS.get(schema.get("format", ""))) and not re.fullmatch(form, str(value)):
        found.append(f"{at}: not {schema['format']}")
    if isinstance(value, dict):
        found += [f"{at}: no {key}" for key in schema.get("required", []) if key not in value]
        for key, part in schema.get("properties", {}).items():
            if key in value:
                found += against(value[key], part, f"{at}.{key}")
    if isinstance(value, list):
        for number, each in enumerate(value):
            found += against(each, schema.get("items", {}), f"{at}[{number}]")
    return found
