"""The scene, shown live: a link that is read out, a telephone's camera, sound and position, and the control room.

`links` makes a link and lets one browser in by it. `run` takes in what one recording of the telephone sends, `scene`
holds what is shown now, `scenes` finds it and begins and ends it, `frames` gives it to whoever watches. The raw route
is site/live_in.py; the control room's page is the desk's.
"""
