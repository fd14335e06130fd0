"""People and places."""

from schools.models.events import Event, EventChain, EventSubject, EventValue
from schools.models.files import MAX_FILE_BYTES, ZIP, StoredFile
from schools.models.imports import ImportDraft
from schools.models.jobs import Heartbeat, Job, JobState, Recompute
from schools.models.moves import PossibleDouble, Secondment, Transfer
from schools.models.papers import (
    ActKind,
    CheckKind,
    DataConsent,
    LocalAct,
    Partner,
    RoadmapItem,
    SchoolYearCheck,
)
from schools.models.people import Person, Sex
from schools.models.places import Municipality, OrganisationKind, Region, School, Unit
from schools.models.policies import (
    CalendarDay,
    CalendarSource,
    MunicipalityPolicy,
    SchoolBreak,
    SchoolPolicy,
)
from schools.models.signin import ResetRequest, SignInAttempt, SignInCode, TrustedDevice
from schools.models.staff import (
    Absence,
    AbsenceKind,
    Category,
    Qualification,
    Relation,
    StaffMember,
    Study,
)
from schools.models.users import Membership, Role, User

__all__ = [
    "Absence",
    "AbsenceKind",
    "ActKind",
    "CalendarDay",
    "CalendarSource",
    "Category",
    "CheckKind",
    "DataConsent",
    "Event",
    "EventChain",
    "EventSubject",
    "EventValue",
    "Heartbeat",
    "ImportDraft",
    "Job",
    "JobState",
    "LocalAct",
    "MAX_FILE_BYTES",
    "Membership",
    "Municipality",
    "MunicipalityPolicy",
    "OrganisationKind",
    "Partner",
    "Person",
    "PossibleDouble",
    "Qualification",
    "Recompute",
    "Region",
    "ResetRequest",
    "Relation",
    "RoadmapItem",
    "Role",
    "School",
    "SchoolBreak",
    "SchoolPolicy",
    "SchoolYearCheck",
    "Secondment",
    "Sex",
    "SignInAttempt",
    "SignInCode",
    "StaffMember",
    "StoredFile",
    "Study",
    "Transfer",
    "TrustedDevice",
    "Unit",
    "User",
    "ZIP",
]
