"""Who may open what: one row for each address of ours, one profile for each kind of access.

A row: URL name, methods, the row of the world that the address names (``access_world``; «-» for
none), and the profile of who may. The columns of a profile are the roles of ``ROLES``, grouped:

    strangers: anonymous, a superuser without a role
    the organisation: director, curator, mentor, mentee, a mentee who has left
    the other organisation of a seconded mentor: its director, the mentor (their own case)
    above: methodologist of the municipality, of the region, of the country
    elsewhere: director of the neighbour, director in another municipality

L: sent to sign in. H: hidden, 404. D: refused, 403. O: open.
"""

ROLES = [
    "anonymous", "superuser",
    "director", "curator", "mentor", "mentee", "former",
    "home director", "guest mentor",
    "methodologist", "region", "country",
    "neighbour", "outsider",
]  # fmt: skip

PROFILES = {
    "public": "OO OOOOO OO OOO OO",
    "wrong link": "HH HHHHH HH HHH HH",
    "signed in": "LO OOOOO OO OOO OO",
    "a person": "LD OOOOO OO OOO OO",
    "administrator": "LO DDDDD DD DDD DD",
    "owner only": "LH OHHHH HH HHH HH",
    "staff of the post": "LH OODDH HH DHH HH",
    "director": "LH ODDDD HD DDD HH",
    "looks after access": "LD OODDD OD ODD OO",
    "nobody now": "LH DDDDD HD DDD HH",
    "access of the school": "LH OODDD HD ODD HH",
    "staff, published": "LH OOHHH HH DDD HH",
    "staff only": "LH OOHHH HH HHH HH",
    "case people": "LH OOOOO HO OHH HH",
    "staff, seen by the reader": "LH OOHDH HH HHH HH",
    "staff of the school": "LH OODDD HD DDD HH",
    "staff of the case": "LH OODDD HD DHH HH",
    "staff of a proposal": "LH OODHH HD DHH HH",
    "staff, seen by the mentor": "LH OODHH HH HHH HH",
    "territory": "LD DDDDD DD OOO DD",
    "the own municipality": "LD DDDDD DD ODD DD",
    "mentor's papers": "LH OOOHH HH HHH HH",
    "post and its staff": "LH OOODD OO DHH HH",
    "own post": "LH DDODD DO DHH HH",
    "mentor and staff": "LH OOODD HO DHH HH",
    "the pair alone": "LH DDOOD HO DHH HH",
    "case papers": "LH OOOOO HO DHH HH",
    "who answers": "LH OOODH HH HHH HH",
    "mentee": "LH DDDOD HD DHH HH",
    "keeps a register": "LD OODDD OD DDD OO",
    "meeting": "LH OOODD HH HHH HH",
    "who was there": "LH HHHOD HH HHH HH",
    "who agrees": "LH OOHOH HD DHH HH",
    "who approves": "LH ODHDH HD DHH HH",
    "program draft": "LH OOOHH HO DHH HH",
    "who returns": "LH OOHDH HD DHH HH",
    "methodologist": "LH DDDDD HD OHH HH",
    "staff and methodologist": "LH OOHHH HH OHH HH",
    "staff, seen by methodologist": "LH OOHHH HH DHH HH",
    "director, roles": "LH ODHHH HH DDD HH",
    "everybody there": "LH OOOOO HO OOO HH",
    "colleagues of the post": "LH OOOOH HH OHH HH",
    "temporary": "LH OODDD DD DHH HH",
    "asked side": "LH DDHHH OH HHH HH",
    "lending side": "LH OOHHH DH HHH HH",
    "both sides of a transfer": "LH OOHHH OH HHH HH",
}

# name                      methods   of                who may
ROWS = """
absence-add                 get post  post              staff of the post
absence-edit                get post  absence           staff of the post
absence-remove              post      absence           staff of the post
absence-return              get post  absence           staff of the post
access-cancel-hand-over     post      school            director
access-hand-over            get post  school            director
access-list                 get       -                 looks after access
access-name-director        get post  school            nobody now
access-school               get       school            access of the school
access-unlock               post      school+person     director
acquaintance-act            get post  act               staff, published
acquaintance-order          get post  order             staff only
acquaintance-record         get       line              case people
acquaintance-withdraw       post      acquaintance      staff, seen by the reader
act-add                     get post  school            staff of the school
act-edit                    get post  act               staff, published
act-file                    get       act               staff, published
addendum-print              get post  group             staff of the case
addendum-record             get post  group             staff of the case
certificate-print           get post  mentor_post       post and its staff
calendar-feed               get       code              wrong link
calendar-make               post      -                 a person
calendar-revoke             post      -                 a person
archive-download            get       archive           owner only
archive-make                post      group             staff of the case
bundle-detail               get       bundle            owner only
bundle-download             get       bundle            owner only
check-remove                post      check             staff, published
check-roster                get post  school            staff of the school
check-site                  get post  school            staff of the school
code-enter                  get post  -                 public
code-issue                  post      school            access of the school
code-use                    get post  code              wrong link
consent-mark                get post  member            mentee
consent-record              get post  proposed          staff of a proposal
consent-withdraw            get post  early_consent     staff, seen by the mentor
data-consent-add            get post  post              staff of the post
data-consent-withdraw       get post  data_consent      staff only
deadline-list               get       -                 signed in
device-end                  post      device            owner only
district-home               get       -                 territory
district-schools            get       -                 territory
district-young              get       -                 the own municipality
document-download           get       document          mentor's papers
document-word               get       document          mentor's papers
document-scan               get       document          mentor's papers
episode-record              get post  mentor_post       post and its staff
evaluation-record           get post  group             staff of the case
event-move                  get post  event             mentor and staff
event-reopen                post      event             mentor and staff
event-settle                get post  event             mentor and staff
group-adopt                 get post  school            staff of the school
group-change                get post  proposed          staff of a proposal
group-detail                get       group             case people
group-export                get       -                 signed in
group-history               get       group             case people
group-list                  get       -                 signed in
group-notes                 get post  group             the pair alone
group-papers                get       group             case papers
group-propose               get post  school            staff of the school
group-withdraw              get post  proposed          staff of a proposal
group-work                  get       group             case people
healthz                     get       -                 public
help-answer                 get post  help              who answers
help-ask                    get post  group             mentee
home                        get       -                 signed in
import-add                  get post  -                 keeps a register
import-detail               get post  list              owner only
import-drop                 post      list              owner only
import-mapping              post      list              owner only
import-plan                 get       list              owner only
import-refused              get       list              owner only
import-report               get       list              owner only
incentive-grant             get post  group             staff of the case
job-cancel                  post      job               owner only
job-detail                  get       job               owner only
job-file                    get       job               owner only
job-list                    get       -                 signed in
job-retry                   post      job               owner only
letter-pause                get post  code              wrong link
login                       get post  -                 public
logout                      post      -                 signed in
meeting-cancel              get post  meeting           meeting
meeting-confirm             post      meeting           who was there
meeting-correct             get post  meeting           meeting
meeting-log                 get post  group             mentor and staff
member-add                  get post  group             staff of the case
member-drop                 post      proposed_member   staff of the case
member-release              get post  member            staff of the case
mentor-ask                  get post  mentor_post       own post
mentor-drop                 post      temporary         temporary
mentor-replace              get post  group             staff of the case
mentor-temporary            get post  ordered           staff of a proposal
my-school                   get       -                 keeps a register
name-cases                  get post  post              staff of the post
notice-give                 get post  group             staff of the case
operations                  get       -                 administrator
operations-horizon          get       -                 administrator
operations-job-retry        post      job               administrator
operations-jobs             get       -                 administrator
operations-letter-resend    post      letter            administrator
operations-letters          get       -                 administrator
order-correct               get post  adopted           staff only
notice-print                get post  group             staff of the case
order-detail                get       order             staff only
order-draft                 get post  ordered           staff of a proposal
order-drop                  post      draft             staff only
order-line-add              get post  draft             staff only
order-line-cancel           post      line              staff of the case
order-line-drop             post      draft_line        staff of a proposal
order-list                  get       -                 signed in
order-new                   get post  school            staff of the school
order-record-all            get post  draft             staff only
order-sign                  get post  draft             staff only
paper-print                 post      print             staff of the case
pack-add                    get post  group             staff of the case
pack-download               get       pack              staff only
pack-list                   get       group             staff of the case
partner-add                 get post  school            staff of the school
partner-edit                get post  partner           staff, published
password-change             get post  -                 signed in
password-reset              get post  -                 public
password-reset-confirm      get post  link              wrong link
password-reset-sent         get       -                 public
pay-register                get       school            staff of the school
profile                     get       -                 signed in
profile-contacts            get post  -                 a person
profile-email               get post  -                 signed in
profile-sign-out-everywhere post      -                 signed in
program-agree               get post  submitted         who agrees
program-amend               get post  group             staff of the case
program-approve             get post  submitted_group   who approves
program-close               get post  group             staff of the case
program-edit                get post  drafted_group     program draft
program-extend              get post  group             staff of the case
program-pause               get post  group             staff of the case
program-resume              get post  paused_group      staff of a proposal
program-return              get post  submitted_group   who returns
program-template            post      ordered           program draft
qualification-add           get post  post              staff of the post
qualification-edit          get post  qualification     staff of the post
qualification-remove        post      qualification     staff of the post
remark-answer               get post  remark            staff of the case
remark-write                get post  group             methodologist
reminder-by-hand            get       -                 keeps a register
reminder-list               get       -                 a person
reminder-open               post      reminder          owner only
reminder-pause              get post  -                 a person
reminder-read-all           post      -                 a person
reminder-resume             post      -                 a person
reminder-settings           get post  -                 a person
report-write                get post  program           mentor and staff
request-add                 get post  school            staff of the school
request-detail              get       request           staff and methodologist
request-list                get       -                 signed in
request-needed              get       -                 keeps a register
request-settle              get post  request           staff, seen by methodologist
roadmap-add                 get post  school            staff of the school
roadmap-done                post      roadmap           staff, published
roadmap-edit                get post  roadmap           staff, published
roadmap-remove              post      roadmap           staff, published
role-deputise               get post  curator_role      director, roles
role-end                    get post  curator_role      director, roles
role-give                   get post  school            director
scan-attach                 get       group             staff of the case
scan-download               get       addendum          mentor's papers
scan-drop                   post      sheet             staff only
scan-file                   post      school            staff of the school
scan-page                   get       sheet             staff only
scan-place                  get post  sheet             staff only
scan-preview                get       sheet             staff only
scan-return                 get post  school            staff of the school
scan-upload                 get post  addendum          staff, seen by the mentor
school-detail               get       school            everybody there
school-edit                 get post  school            staff of the school
school-list                 get       -                 territory
school-papers               get       school            staff of the school
school-policy               get post  school            staff of the school
search                      get       -                 signed in
secondment-add              get post  post              staff of the post
secondment-list             get       -                 keeps a register
secondment-withdraw         post      secondment        lending side
september                   get       school            staff of the school
september-print             post      school            staff of the school
staff-add                   get post  school            staff of the school
staff-bank                  get post  post              staff of the post
staff-bank-leave            post      post              staff of the post
staff-detail                get       post              colleagues of the post
staff-edit                  get post  post              staff of the post
staff-export                get       -                 keeps a register
staff-leaving               get post  post              staff of the post
staff-left                  get post  post              staff of the post
staff-list                  get       -                 keeps a register
staff-mentoring             get       post              colleagues of the post
staff-papers                get       post              staff of the post
staff-position              get post  post              staff of the post
staff-returns               post      post              staff of the post
staff-stays                 post      post              staff of the post
study-add                   get post  post              staff of the post
study-edit                  get post  study             staff of the post
study-remove                post      study             staff of the post
temporary-end               get post  temporary         temporary
transfer-add                get post  post              staff of the post
transfer-confirm            post      transfer          asked side
transfer-detail             get       transfer          both sides of a transfer
transfer-list               get       -                 keeps a register
transfer-refuse             get post  transfer          both sides of a transfer
unit-add                    get post  school            staff of the school
unit-edit                   get post  unit              staff of the school
unit-remove                 post      unit              staff of the school
"""
