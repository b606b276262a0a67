"""The secrets of code apps are sealed by AES-256-GCM: one changed byte, or another secret, opens nothing."""

import base64

import pytest
from cryptography.exceptions import InvalidTag

from holdfast.access.sign_in.adapter import SecondFactors

SECRET = "JBSWY3DPEHPK3PXP"


def test_a_secret_is_sealed_each_time_anew_and_opens_again():
    kept = SecondFactors()
    one, two = kept.encrypt(SECRET), kept.encrypt(SECRET)
    assert one != two
    assert SECRET not in one
    assert kept.decrypt(one) == kept.decrypt(two) == SECRET
    assert len(base64.urlsafe_b64decode(one)) == 12 + len(SECRET) + 16  # nonce, ciphertext, tag


def test_a_changed_byte_opens_nothing():
    sealed = bytearray(base64.urlsafe_b64decode(SecondFactors().encrypt(SECRET)))
    for place in range(len(sealed)):
        changed = bytes(sealed[:place]) + bytes([sealed[place] ^ 1]) + bytes(sealed[place + 1 :])
        with pytest.raises(InvalidTag):
            SecondFactors().decrypt(base64.urlsafe_b64encode(changed).decode())


def test_another_session_secret_opens_nothing(settings):
    sealed = SecondFactors().encrypt(SECRET)
    settings.SECRET_KEY = "another installation's"
    with pytest.raises(InvalidTag):
        SecondFactors().decrypt(sealed)
