"""`GET /api/receipt-key`: the public key that receipts are checked with, as OpenSSL reads it. Anybody may have it.

It is the same for all, touches no case and is no proof of itself: docs/how-to/check-a-receipt.md says where to get it
from besides.
"""

from django.http import HttpRequest
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from holdfast.casefile.checkpoints import origin_and_key
from holdfast.vault.receipt import key_pem


@require_safe
def receipt_key(request: HttpRequest) -> HttpResponse:
    """The key."""
    answer = HttpResponse(key_pem(origin_and_key()[1]), content_type="application/x-pem-file")
    answer["Content-Disposition"] = 'attachment; filename="key.pem"'
    return answer
