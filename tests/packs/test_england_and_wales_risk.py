"""The risk instruments of England and Wales, as a form offers them."""

from tests.support.packs import pack_of

PACK = pack_of("england-and-wales")


def test_the_fullest_checked_instrument_is_offered_first() -> None:
    assert PACK.instruments[0].id == "dash"
    assert len(PACK.instruments[0].topics) == 27
    assert [found.source.may_be_shown for found in PACK.instruments] == sorted(
        (found.source.may_be_shown for found in PACK.instruments), reverse=True
    )
