"""How Splink compares two rows: one set of settings for its embedded engine and for Spark.

The probabilities are fixed and not learned: what is proposed on one night must not depend on what else was recorded
that day, and a small force has too few links to learn from. `m` is how often the two rows of one person are alike in
this way, `u` how often those of two people are. They are our own estimates, tried in tests/people/linking and on
generated names (docs/decisions/0039-links.md).
"""

from typing import Any

PRIOR = 1e-4  # that two rows which share a block are one person
LOOKED_AT_FROM = 0.05  # from here on alike.pair decides, and a name alone never suffices (bench/linking.py)
COLUMNS = ("unique_id", "full", "given", "family", "given_root", "sound_given", "sound_family", "born", "born_turned",
           "born_year", "born_month", "numbers", "places")  # fmt: skip


def settings() -> Any:
    """Splink's SettingsCreator."""
    from splink import SettingsCreator
    from splink import block_on
    from splink.blocking_rule_library import CustomRule

    same_sounds = "l.sound_given = r.sound_given and l.sound_family = r.sound_family"
    turned_sounds = "l.sound_given = r.sound_family and l.sound_family = r.sound_given"
    return SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=PRIOR,
        comparisons=[_name(), _born(), _shared("numbers", m=0.6, u=1e-6), _shared("places", m=0.5, u=1e-5)],
        blocking_rules_to_generate_predictions=[
            CustomRule(f"{same_sounds} and l.born_year = r.born_year"),
            CustomRule(f"{turned_sounds} and l.born_year = r.born_year"),
            block_on("born", "sound_given"),
            block_on("born", "sound_family"),
            block_on("born_month", "sound_given"),
            block_on("born_month", "sound_family"),
            CustomRule("l.born = r.born and l.sound_given = r.sound_family"),
            CustomRule("l.born = r.born and l.sound_family = r.sound_given"),
            CustomRule(f"{same_sounds} and l.born_turned = r.born"),
            CustomRule(f"{same_sounds} and substr(l.born, 6) = substr(r.born, 6)"),
            block_on("numbers", arrays_to_explode=["numbers"]),
            block_on("places", "sound_given", arrays_to_explode=["places"]),
            block_on("places", "sound_family", arrays_to_explode=["places"]),
            CustomRule("l.places = r.places and l.sound_given = r.sound_family", arrays_to_explode=["places"]),
        ],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


def _level(sql: str, words: str, m: float, u: float) -> dict[str, Any]:
    return {"sql_condition": sql, "label_for_charts": words, "m_probability": m, "u_probability": u}


def _null(sql: str) -> dict[str, Any]:
    return {"sql_condition": sql, "label_for_charts": "not known", "is_null_level": True}


def _name() -> dict[str, Any]:
    near = "levenshtein(given_l, given_r) <= 1 and levenshtein(family_l, family_r) <= 1"
    return {
        "output_column_name": "name",
        "comparison_levels": [
            _null("full_l is null or full_r is null"),
            _level("full_l = full_r", "same, in any order", 0.55, 2e-5),
            _level("given_root_l = given_root_r and family_l = family_r", "short form", 0.1, 3e-5),
            _level("sound_given_l = sound_given_r and sound_family_l = sound_family_r", "sounds alike", 0.15, 2e-4),
            _level("sound_given_l = sound_family_r and sound_family_l = sound_given_r", "sounds alike, swapped", 0.05,
                   2e-4),
            _level(near, "a letter differs", 0.05, 1e-4),
            _level("sound_family_l = sound_family_r or sound_given_l = sound_given_r", "half of it", 0.07, 0.02),
            _level("ELSE", "differs", 0.03, 0.97957),
        ],
    }  # fmt: skip


def _born() -> dict[str, Any]:
    return {
        "output_column_name": "born",
        "comparison_levels": [
            _null("born_year_l is null or born_year_r is null"),
            _level("born_l = born_r", "same", 0.8, 4e-5),
            _level("born_turned_l = born_r", "day and month swapped", 0.04, 4e-5),
            _level("levenshtein(born_l, born_r) <= 1", "a figure differs", 0.06, 1e-3),
            _level("born_year_l = born_year_r", "same year", 0.06, 0.014),
            _level("ELSE", "differs", 0.04, 0.98492),
        ],
    }


def _shared(column: str, m: float, u: float) -> dict[str, Any]:
    """Whether two lists share something; an empty list is 'not known'."""
    from splink.comparison_level_library import ArrayIntersectLevel
    from splink.comparison_level_library import ElseLevel
    from splink.comparison_level_library import NullLevel

    return {
        "output_column_name": column,
        "comparison_levels": [
            NullLevel(column),
            ArrayIntersectLevel(column, 1).configure(m_probability=m, u_probability=u),
            ElseLevel().configure(m_probability=1 - m, u_probability=1 - u),
        ],
    }
