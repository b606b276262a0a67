"""The addresses of the desk. A case stands in them by its code, never by a person."""

from django.urls import path

from holdfast.doors.board import views as board
from holdfast.doors.desk.views import account
from holdfast.doors.desk.views import account_colleagues
from holdfast.doors.desk.views import alarm
from holdfast.doors.desk.views import bundle
from holdfast.doors.desk.views import call
from holdfast.doors.desk.views import call_again
from holdfast.doors.desk.views import case
from holdfast.doors.desk.views import connections
from holdfast.doors.desk.views import copy
from holdfast.doors.desk.views import correct
from holdfast.doors.desk.views import custody
from holdfast.doors.desk.views import custody_out
from holdfast.doors.desk.views import custody_paper
from holdfast.doors.desk.views import emergency
from holdfast.doors.desk.views import evidence
from holdfast.doors.desk.views import evidence_hold
from holdfast.doors.desk.views import evidence_item
from holdfast.doors.desk.views import evidence_look
from holdfast.doors.desk.views import evidence_messages
from holdfast.doors.desk.views import evidence_take
from holdfast.doors.desk.views import find
from holdfast.doors.desk.views import history
from holdfast.doors.desk.views import history_links
from holdfast.doors.desk.views import history_scene
from holdfast.doors.desk.views import keeping
from holdfast.doors.desk.views import keys
from holdfast.doors.desk.views import live
from holdfast.doors.desk.views import log
from holdfast.doors.desk.views import numbers
from holdfast.doors.desk.views import overview
from holdfast.doors.desk.views import queue
from holdfast.doors.desk.views import record
from holdfast.doors.desk.views import report
from holdfast.doors.desk.views import sign_in
from holdfast.doors.desk.views import sign_in_other
from holdfast.doors.desk.views import statement
from holdfast.doors.desk.views import statement_draft
from holdfast.doors.desk.views import statement_other
from holdfast.doors.desk.views import statement_paper
from holdfast.doors.desk.views import statement_read
from holdfast.doors.desk.views import statement_sign
from holdfast.doors.desk.views import supporters
from holdfast.doors.desk.views import transfer
from holdfast.doors.desk.views import unread
from holdfast.doors.desk.views import wall
from holdfast.doors.desk.views import words

app_name = "desk"

urlpatterns = [
    path("", queue.my_queue, name="queue"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in/code", sign_in.code, name="sign-in-code"),
    path("sign-in/set-up", sign_in.set_up, name="sign-in-set-up"),
    path("sign-in/recover", sign_in_other.recover, name="sign-in-recover"),
    path("sign-in/agency", sign_in_other.leave_for_agency, name="single"),
    path("sign-in/agency/back", sign_in_other.back_from_agency, name="single-back"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("account", account.account, name="account"),
    path("account/end", account.end, name="account-end"),
    path("account/password", account.password, name="account-password"),
    path("account/add", account.add, name="account-add"),
    path("account/take-away", account.take_away, name="account-take-away"),
    path("colleagues", account_colleagues.colleagues, name="colleagues"),
    path("colleagues/<path:staff>/recover", account_colleagues.recover, name="colleague-recover"),
    path("colleagues/<path:staff>/end", account_colleagues.end, name="colleague-end"),
    path("keys", keys.keys, name="keys"),
    path("board", board.board, name="board"),
    path("board/stream", board.stream, name="board-stream"),
    path("board/map", board.board_map, name="board-map"),
    path("board/handover", board.handover, name="board-handover"),
    path("board/load", board.load, name="board-load"),
    path("board/older", board.older, name="board-older"),
    path("find", find.find, name="find"),
    path("call", call.take_call, name="take-call"),
    path("call/<str:code>", call.call_page, name="call"),
    path("call/<str:code>/again", call_again.call_again, name="call-again"),
    path("history/look", history.look_up, name="history-look"),
    path("unread", unread.unread, name="unread"),
    path("unread/<int:number>", unread.one, name="unread-one"),
    path("overview", overview.overview, name="overview"),
    path("figures", numbers.numbers, name="figures"),
    path("log", log.search, name="log"),
    path("case/<str:code>", case.case, name="case"),
    path("case/<str:code>/record", record.choose, name="choose"),
    path("case/<str:code>/record/<str:kind>", record.record, name="record"),
    path("case/<str:code>/correct/<int:number>", correct.correct, name="correct"),
    path("case/<str:code>/history", history_links.links, name="history"),
    path("case/<str:code>/history/propose", history_links.propose, name="history-propose"),
    path("case/<str:code>/history/answer", history_links.answer, name="history-answer"),
    path("case/<str:code>/who-is-there", history_scene.who_is_there, name="who-is-there"),
    path("case/<str:code>/evidence", evidence.evidence, name="evidence"),
    path("case/<str:code>/evidence/take", evidence_take.take, name="evidence-take"),
    path("case/<str:code>/evidence/exhibit", evidence_take.exhibit, name="evidence-exhibit"),
    path("case/<str:code>/evidence/photographed", evidence_take.photographed, name="evidence-photographed"),
    path("case/<str:code>/evidence/custody", custody.custody, name="custody"),
    path("case/<str:code>/evidence/custody/take-out", custody_out.take_out, name="custody-take-out"),
    path("case/<str:code>/evidence/custody/paper", custody_paper.of_case, name="custody-paper"),
    path("case/<str:code>/evidence/<uuid:item>/custody", custody.of_item, name="custody-item"),
    path("case/<str:code>/evidence/<uuid:item>/custody/paper", custody_paper.of_item, name="custody-item-paper"),
    path("case/<str:code>/evidence/<uuid:item>", evidence_item.item_page, name="evidence-item"),
    path("case/<str:code>/evidence/<uuid:item>/look", evidence_look.look, name="evidence-look"),
    path("case/<str:code>/evidence/<uuid:item>/view", evidence_look.view, name="evidence-view"),
    path("case/<str:code>/evidence/<uuid:item>/content", evidence_look.content, name="evidence-content"),
    path("case/<str:code>/evidence/<uuid:item>/messages", evidence_messages.messages, name="evidence-messages"),
    path("case/<str:code>/evidence/<uuid:item>/copy", evidence_look.copy_out, name="evidence-copy"),
    path("case/<str:code>/evidence/<uuid:item>/lift", evidence_hold.lift, name="evidence-lift"),
    path("case/<str:code>/evidence/<uuid:item>/take-over", evidence_item.take_over, name="evidence-take-over"),
    path("case/<str:code>/evidence/<uuid:item>/describe", evidence_item.describe, name="evidence-describe"),
    path("case/<str:code>/evidence/<uuid:item>/move", evidence_item.move, name="evidence-move"),
    path("case/<str:code>/report", report.report, name="report"),
    path("case/<str:code>/words", words.issue, name="words"),
    path("case/<str:code>/second-words", words.second, name="second-words"),
    path("case/<str:code>/supporters", supporters.named, name="supporters"),
    path("case/<str:code>/looks", log.looks, name="looks"),
    path("case/<str:code>/keeping", keeping.keeping, name="keeping"),
    path("case/<str:code>/erase", keeping.erase, name="erase"),
    path("case/<str:code>/copy", copy.copy, name="copy"),
    path("case/<str:code>/statement", statement.overview, name="statement"),
    path("case/<str:code>/statement/begin", statement.begin, name="statement-begin"),
    path("case/<str:code>/statement/film", statement_other.film, name="statement-film"),
    path("case/<str:code>/statement/withdraw", statement_other.withdraw, name="statement-withdraw"),
    path("case/<str:code>/statement/<int:number>", statement_sign.one, name="statement-one"),
    path("case/<str:code>/statement/<int:number>/draft", statement_draft.draft, name="statement-draft"),
    path("case/<str:code>/statement/<int:number>/read", statement_read.read, name="statement-read"),
    path(
        "case/<str:code>/statement/<int:number>/certificate", statement_read.certificate, name="statement-certificate"
    ),
    path("case/<str:code>/statement/<int:number>/sign", statement_sign.signing, name="statement-sign"),
    path("case/<str:code>/statement/<int:number>/paper", statement_paper.paper, name="statement-paper"),
    path("case/<str:code>/statement/<int:number>/document", statement_sign.document, name="statement-document"),
    path("case/<str:code>/bundle", bundle.listed, name="bundle"),
    path("case/<str:code>/bundle/choose", bundle.choose, name="bundle-choose"),
    path("case/<str:code>/bundle/<uuid:bundle>", bundle.one, name="bundle-one"),
    path("case/<str:code>/wall", wall.wall, name="wall"),
    path("case/<str:code>/walls", wall.walls, name="walls"),
    path("case/<str:code>/walls/clear", wall.clear, name="clear-wall"),
    path("case/<str:code>/emergency", emergency.emergency, name="emergency"),
    path("case/<str:code>/purpose", emergency.purpose, name="purpose"),
    path("case/<str:code>/connection", connections.answer, name="connection-answer"),
    path("case/<str:code>/chase", alarm.chase, name="chase"),
    path("case/<str:code>/live", live.live, name="live"),
    path("case/<str:code>/live/offer", live.offer, name="live-offer"),
    path("case/<str:code>/live/stream", live.stream, name="live-stream"),
    path("case/<str:code>/live/end", live.end, name="live-end"),
    path("case/<str:code>/hand-over", transfer.hand_over, name="hand-over"),
    path("case/<str:code>/hand-over/<int:number>/document", transfer.document, name="hand-over-document"),
    path("case/<str:code>/hand-over/<int:number>/compare", transfer.compared, name="hand-over-compare"),
    path("case/<str:code>/hand-over/<int:number>/answered", transfer.answered, name="hand-over-answered"),
    path("connections", connections.connections, name="connections"),
]
