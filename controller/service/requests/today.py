"""Requests about what a day brings besides hand-in and home time; loaded when asked."""

from __future__ import annotations

from controller.service.handling import Handling, for_act, lazily_of

_outing = lazily_of("outings")
_pupil = lazily_of("leaving")
_cover = lazily_of("covers")
_visitor = lazily_of("visitors")
_sheet = lazily_of("sheet")
_stock = lazily_of("stock")

TODAY: dict[str, Handling] = {
    "outings": for_act("class.outing", _outing("page")),
    "outing_begin": for_act("class.outing", _outing("begin")),
    "outing_move": for_act("class.outing", _outing("move")),
    "reconciliation": for_act("class.mark", _outing("reconciliation")),
    "leaving": for_act("class.early-leaver", _pupil("leaving")),
    "leave_early": for_act("class.early-leaver", _pupil("leave_early")),
    "companions": for_act("class.vouch", _pupil("companions")),
    "hand_to_sibling": for_act("class.vouch", _pupil("hand_to_sibling")),
    "swap_devices": for_act("class.vouch", _pupil("swap")),
    "covers": for_act("cover.give", _cover("page")),
    "cover_give": for_act("cover.give", _cover("give")),
    "cover_card": for_act("cover.give", _cover("card")),
    "cover_end": for_act("cover.give", _cover("end")),
    "visitors": for_act("visitors.keep", _visitor("page")),
    "visitor_give": for_act("visitors.keep", _visitor("give"), once=True),
    "visitor_card": for_act("visitors.keep", _visitor("card")),
    "visitor_end": for_act("visitors.keep", _visitor("end")),
    "own_give_back": for_act("custody.hand-over", _visitor("give_back")),
    "sheet": for_act("sheet.keep", _sheet("page")),
    "sheet_now": for_act("sheet.keep", _sheet("leave_now")),
    "sheet_enter": for_act("sheet.keep", _sheet("enter")),
    "stock": for_act("stock.take", _stock("page")),
    "stock_begin": for_act("stock.take", _stock("begin"), step_up=True),
    "stock_record": for_act("stock.take", _stock("record")),
    "stock_stop": for_act("stock.take", _stock("stop")),
}
