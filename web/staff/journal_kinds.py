"""Kinds of entry that one may ask the journal for."""

from __future__ import annotations

from collections.abc import Mapping

JOURNAL_KINDS: Mapping[str, Mapping[str, str]] = {
    "Taps": {
        "CardTapped": "A card was tapped",
        "TapRefused": "A tap opened nothing",
        "StrangeCardsSeen": "Unknown cards",
        "CardDoubted": "Perhaps a copy",
        "CardTrusted": "Trusted again",
    },
    "Doors": {
        "ReleaseOrdered": "Told to open",
        "BoltPulsed": "Bolt moved",
        "DoorOpened": "Opened",
        "DoorShut": "Shut",
        "NeverOpened": "Never opened",
        "DoorForced": "Opened without an order",
        "DoorLeftOpen": "Left open",
        "OutcomeUnknown": "Outcome not known",
        "OpenedByKey": "Opened by key",
    },
    "The day": {
        "DeviceSaidIn": "Said to be in",
        "ClassConfirmed": "Class confirmed",
        "PupilMarked": "Marked for today",
        "ReleaseStarted": "Class released",
        "ReleaseStopped": "Release stopped",
        "DeviceCollected": "Collected",
        "OutingBegan": "Trip or lesson begun",
        "OutingOver": "Trip or lesson over",
        "LeftWith": "Left early",
        "DevicesSwapped": "Mix-up put right",
        "GivenToSibling": "Given to a sibling",
        "CoverGiven": "Cover given",
        "CoverEnded": "Cover over",
        "SheetLeft": "Paper sheet left",
        "StockTaken": "Stock taken",
        "QuestionRaised": "Passed to the office",
        "QuestionClosed": "Closed by the office",
        "Evacuated": "Evacuated",
        "Resumed": "Resumed",
    },
    "Own devices and visitors": {
        "OwnDeviceIn": "Own device put away",
        "OwnDeviceOut": "Own device taken back",
        "VisitorCardGiven": "Visitor's card given",
        "VisitorCardEnded": "Visitor's card ended",
    },
    "Records": {
        "RecordFiled": "Record filed",
        "RecordAmended": "Record changed",
        "RecordApproved": "Record approved",
        "RecordRead": "Record read",
        "RecordEnded": "Record ended",
    },
    "People and rules": {
        "CardEnrolled": "Card enrolled",
        "CardRevoked": "Card ended",
        "RollImported": "Roll imported",
        "SignedIn": "Signed in",
        "SecretsRefused": "Wrong password or PIN",
        "SettingSet": "Rule set",
        "CalendarSet": "Calendar set",
    },
    "Parts": {
        "FaultLatched": "Fault",
        "FaultCleared": "Fault cleared",
        "TakenOutOfUse": "Out of use",
        "PutBackInUse": "Back in use",
        "ReaderLost": "Reader lost",
        "ReaderRestored": "Reader back",
        "ClockMoved": "Clock moved",
        "Started": "Controller started",
    },
}
"""By subject: kind, which is the fact's own name -> what people call it."""
