"""Long tasks of a case: who does each, where its result is and how long that is kept."""

import datetime as dt

from programs.documents.bundles import bundle_address, make_bundle
from programs.documents.jobs import document_address, make_paper, warm_up, word_address
from programs.documents.packs import archive_address, make_archive, make_pack, pack_address
from programs.scans.jobs import read_batch, result_address
from schools.registry import LONG_WORK, JobKind

KEPT = dt.timedelta(days=7)  # made again from what is stored whenever somebody asks

JOB_KINDS = {
    "paper": JobKind(
        make_paper,
        document_address,
        title="Бумага для печати",
        other_format=word_address,
        prepare=warm_up,
    ),
    "bundle": JobKind(
        make_bundle,
        bundle_address,
        title="Бумаги одной стопкой",
        queue=LONG_WORK,
        prepare=warm_up,
        seconds=1200,
        keeps=KEPT,
    ),
    "archive": JobKind(
        make_archive,
        archive_address,
        title="Все бумаги пары",
        queue=LONG_WORK,
        prepare=warm_up,
        seconds=300,
        keeps=KEPT,
    ),
    "pack": JobKind(
        make_pack,
        pack_address,
        title="Комплект для передачи",
        queue=LONG_WORK,
        prepare=warm_up,
        seconds=300,
    ),
    "scans": JobKind(
        read_batch,
        result_address,
        title="Чтение подписанных листов",
        queue=LONG_WORK,
        seconds=1200,
    ),
}
