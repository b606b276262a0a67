"""Who is who: finding earlier history for a name, number or address, however it was misspelt.

Public: `Known`, `Asked`, `Why`, `Match` (known.py), `PeopleIndex` (index.py), `here.index`, `feeding.catch_up`,
`parties.people_of`. docs/formats/people-index.md says what lies on the disk.
"""
