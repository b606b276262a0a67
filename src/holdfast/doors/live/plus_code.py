"""A position as a short code that can be read out: an Open Location Code (github.com/google/open-location-code, 1.0).

>>> plus_code(47.365590, 8.524997)
'8FVC9G8F+6X'
>>> plus_code(-41.2730625, 174.7859375)
'4VCPPQGP+Q9'
"""

_SIGNS = "23456789CFGHJMPQRVWX"
_STEPS = 8000  # of a degree: what the tenth sign tells apart


def plus_code(latitude: float, longitude: float) -> str:
    """Ten signs: a place of about 14 metres."""
    north = min(int((latitude + 90) * _STEPS + 1e-6), 180 * _STEPS - 1)
    east = int((longitude + 180) * _STEPS + 1e-6) % (360 * _STEPS)
    signs = ""
    for _ in range(5):
        north, up = divmod(north, 20)
        east, right = divmod(east, 20)
        signs = _SIGNS[up] + _SIGNS[right] + signs
    return f"{signs[:8]}+{signs[8:]}"
