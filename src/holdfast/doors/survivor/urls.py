"""The survivor's addresses: short and plain, as they stay in a browser's history. None names a case or an entry."""

from django.urls import path

from holdfast.doors.survivor.views import asking
from holdfast.doors.survivor.views import entering
from holdfast.doors.survivor.views import giving
from holdfast.doors.survivor.views import giving_list
from holdfast.doors.survivor.views import keys
from holdfast.doors.survivor.views import looks
from holdfast.doors.survivor.views import reading
from holdfast.doors.survivor.views import sharing
from holdfast.doors.survivor.views.giving_words import GIFTS

app_name = "survivor"

urlpatterns = [
    path("", reading.now, name="now"),
    path("in", entering.enter, name="enter"),
    path("in/key", keys.enter, name="enter-key"),
    path("close", entering.close, name="close"),
    path("leave", entering.leave, name="leave"),
    path("look", entering.look, name="look"),
    path("list", reading.every_promise, name="list"),
    path("people", reading.people, name="people"),
    path("until", reading.until, name="until"),
    path("reach", reading.reach, name="reach"),
    path("plan", reading.plan, name="plan"),
    path("looks", looks.looks, name="looks"),
    path("why", looks.why, name="why"),
    path("ask", asking.ask, name="ask"),
    path("choices", asking.choices, name="choices"),
    path("note", asking.dispute, name="note"),
    path("give", giving.give, name="give"),
    *(path(gift.word, giving.gift, {"word": gift.word}, name=gift.word) for gift in GIFTS),
    path("diary", giving.diary, name="diary"),
    path("given", giving_list.given, name="given"),
    path("on", giving_list.go_on, name="on"),
    path("receipt", giving_list.receipt, name="receipt"),
    path("ways", sharing.ways, name="ways"),
    path("share", sharing.share, name="share"),
    path("key", keys.add, name="key"),
    path("key/made", keys.made, name="key-made"),
]
