"""Which needs a service meets, by the words of its name and of its taxonomy terms.

The words are English, French, Spanish and Welsh, as services of the places that there are packs for name themselves.
A service for which nothing here fits is listed all the same, and is found by its words.
"""

from __future__ import annotations

import re

from holdfast.directory.listing import NEEDS
from holdfast.directory.listing import Need

# What makes a need plain in a name. A word stands for what begins with it where it ends in a hyphen: 'counsel-'.
_WORDS: dict[Need, str] = {
    "emergency": "",
    "police": "police|policia|comisaria|heddlu|gendarmerie|sheriff|constabulary",
    "refuge": (
        "refuges?|refugio|shelters?|safe houses?|safe accommodation|emergency accommodation|emergency housing|"
        "transition houses?|second stage|women s aid|albergues?|hebergement|lloches|casa de refugio"
    ),
    "advice": "advice|helplines?|hotlines?|helpline|advoca-|domestic abuse|domestic violence|outreach|victim-|idva|"
    "conseil|violencia domestica|violence conjugale|cam drin domestig",
    "legal": "legal|law|lawyers?|solicitors?|attorneys?|juridi-|legales?|abogad-|cyfreithiol",
    "court": "courts?|courthouse|tribunals?|magistrates?|witness-|palais de justice|llys",
    "counselling": "counsel-|therap-|psycholog-|consejeria|psicolog-|cwnsela",
    "children": "child-|kids|enfants?|ninos|ninas|nspcc|paediatric|pediatric",
    "young-people": "youth-|young|teen-|jeunes|jovenes|adolescen-|ieuenctid",
    "immigration": "immigra-|migrant-|asylum|refugees?|newcomers?|inmigra-|nouveaux arrivants|forced marriage",
    "money": "money|benefits?|debts?|financ-|income|compensation|bankruptc-|welfare rights|dinero|argent",
    "housing": "hous-|homeless-|tenan-|evict-|rent|landlord-|logement|vivienda",
    "health": "health|medical|hospitals?|nurs-|sante|salud|iechyd|samaritans",
    "men": "men|men s|male|hombres|hommes|dynion|mankind",
    "lgbt": "lgbt-|gay|lesbian-|trans|transgender|queer|bisexual|galop|two spirit",
    "deaf-or-disabled": "deaf-|disab-|blind|hearing|sign language|sourd-|sordos|discapac-|handicap-|byddar|anabl-",
    "pets": "pets?|animal-|dogs?|mascotas?|animaux",
    "older-people": "older people|elder-|seniors?|hourglass|aines|personas mayores",
    "indigenous": "indigenous|first nations?|inuit|metis|native american|tribal|autochtones?|indigenas?",
    "sexual-violence": "rape|sexual (?:assault|violence|abuse)-|agressions? sexuelles?|violencia sexual",
    "stalking": "stalk-|harcelement|acoso",
    "the-other-person": "own behaviou?r|perpetrator-|batterer-|abusive partners? programm?e?|people who hurt",
}


def _pattern(words: str) -> re.Pattern[str]:
    parts = [word.removesuffix("-") + (r"\w*" if word.endswith("-") else "") for word in words.split("|")]
    return re.compile(rf"\b(?:{'|'.join(parts)})\b")


_PATTERNS = {need: _pattern(words) for need, words in _WORDS.items() if words}


def needs_in(folded: str) -> tuple[Need, ...]:
    """The needs that a folded text (`plain.fold`) speaks of, in the order of NEEDS."""
    found = {need for need, pattern in _PATTERNS.items() if pattern.search(folded)}
    if "the-other-person" in found:
        found &= {"the-other-person", "men"}  # never offered to the person who is hurt as help for them
    if "pets" in found and "refuge" in found and "women" not in folded:
        found.discard("refuge")  # a shelter for animals is no safe place to stay
    return tuple(need for need in NEEDS if need in found)
