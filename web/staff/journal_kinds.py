"""Kinds of entry that one may ask the journal for."""

from __future__ import annotations

from collections.abc import Mapping

JOURNAL_KINDS: Mapping[str, Mapping[str, str]] = {
    "Taps": {
        "CardTapped": "A card was tapped",
        "TapRefused": "A tap opened nothing",
        "OrderRefused": "Refused to staff",
        "StrangeCardsSeen": "Unknown cards",
        "CardDoubted": "Perhaps a copy",
        "CardTrusted": "Trusted again",
        "CardUnwritable": "Card cannot carry a token",
        "TokensForgotten": "Tokens switched off",
    },
    "Doors": {
        "ReleaseOrdered": "Told to open",
        "BoltPulsed": "Bolt moved",
        "DoorOpened": "Opened",
        "DoorShut": "Shut",
        "NeverOpened": "Never opened",
        "ReleaseGivenUp": "Not opened after all",
        "DoorForced": "Opened without an order",
        "DoorLeftOpen": "Left open",
        "DoorFound": "Moved while nobody watched",
        "OutcomeUnknown": "Outcome not known",
        "OpenedByKey": "Opened by key",
    },
    "The day": {
        "DropOffOpened": "Drop-off opened by hand",
        "DropOffClosed": "Drop-off closed by hand",
        "DeviceSaidIn": "Said to be in",
        "ClassConfirmed": "Class confirmed",
        "PupilMarked": "Marked for today",
        "PupilUnmarked": "Mark taken back",
        "ReleaseStarted": "Class released",
        "WaveStarted": "Wave begun",
        "ReleaseStopped": "Release stopped",
        "ReleaseEnded": "Release over",
        "SessionClosed": "Home time over",
        "DeviceCollected": "Collected",
        "OutingBegan": "Trip or lesson begun",
        "OutingMoved": "Trip or lesson moved on",
        "OutingOver": "Trip or lesson over",
        "LeftWith": "Left early",
        "DevicesSwapped": "Mix-up put right",
        "GivenToSibling": "Given to a sibling",
        "CoverGiven": "Cover given",
        "CoverEnded": "Cover over",
        "SheetLeft": "Paper sheet left",
        "SheetStuck": "Paper sheet did not leave",
        "StockBegan": "Stock-take begun",
        "StockStopped": "Stock-take stopped",
        "StockTaken": "Stock taken",
        "QuestionRaised": "Passed to the office",
        "QuestionClosed": "Closed by the office",
        "Evacuated": "Evacuated",
        "Resumed": "Resumed",
    },
    "Devices held": {
        "DeviceHeld": "Held from now on",
        "HoldMoved": "Held device moved",
        "HoldReclassified": "Held on another basis",
        "OwnerNamed": "Owner of a found device named",
        "ParentTold": "Home told",
        "TravelNoted": "Way home noted",
        "FetchAsked": "To be fetched",
        "FetchDropped": "Need not be fetched",
        "HandOverPrepared": "Hand-over prepared",
        "HandOverBegun": "Hand-over goes on",
        "HandOverUndone": "Hand-over undone",
        "HandedOver": "Handed over",
    },
    "Concerns": {
        "ConcernRaised": "Concern raised",
        "ConcernSeen": "Concern read",
        "AgencyTold": "Somebody outside told",
        "ConcernClosed": "Concern closed",
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
    "People": {
        "RollImported": "Roll imported",
        "PupilSet": "Pupil added or changed",
        "PupilLeft": "Pupil left",
        "ContactSet": "Adult put on a list",
        "ContactRemoved": "Adult taken off a list",
        "ContactsImported": "Adults imported",
        "CardEnrolled": "Card enrolled",
        "CardRevoked": "Card ended",
        "PersonExported": "Everything about a person given out",
    },
    "Accounts": {
        "StaffSet": "Account added or changed",
        "StaffLeft": "Account ended",
        "SignedIn": "Signed in",
        "SignedOut": "Signed out",
        "SecretsRefused": "Wrong password or PIN",
        "SecretChanged": "Password or PIN set",
        "SecondFactorSet": "Second factor set up",
        "SecondFactorReset": "Second factor reset",
        "RecoveryCodesMade": "Recovery codes made",
        "RecoveryUsed": "Recovery code used",
        "AccessReviewed": "Access reviewed",
    },
    "Rules": {
        "SettingSet": "Rule set",
        "CalendarSet": "Calendar set",
        "ClassSet": "Class set",
        "ClubSet": "Club set",
        "ClubRemoved": "Club removed",
        "ClauseSet": "Clause of the policy set",
        "ClauseRemoved": "Clause removed",
        "AuthorityGiven": "May confiscate",
        "AuthorityWithdrawn": "May not confiscate any more",
    },
    "Parts": {
        "FaultLatched": "Fault",
        "FaultCleared": "Fault cleared",
        "TakenOutOfUse": "Out of use",
        "PutBackInUse": "Back in use",
        "ReaderLost": "Reader lost",
        "ReaderRestored": "Reader back",
        "ClockMoved": "Clock moved",
        "KioskPaired": "Screen paired",
        "KioskUnpaired": "Screen unpaired",
        "Started": "Controller started",
        "Stopped": "Controller stopped",
    },
}
"""By subject: kind, which is the fact's own name -> what people call it."""

NOT_ASKED_FOR = frozenset(
    {
        "BankDescribed",  # the configuration, as a start found it
        "CardMarked",  # each card's first token; who has none stands on its page
        "DayBegan",  # every morning
        "HandOverDoorOpened",  # the door's own entry says it
    }
)
"""Kinds that nobody looks for; they stand among the others where no kind is chosen."""
