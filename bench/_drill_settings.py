"""Settings of a drill: the product's own, with quicker ticks and a folder of its own."""

import os
from pathlib import Path

from mentorship.settings import *  # noqa: F403 the same settings but for what follows
from mentorship.settings import CELERY_BEAT_SCHEDULE, CELERY_BROKER_TRANSPORT_OPTIONS

FOLDER = Path(os.environ["DRILL_FOLDER"])
CELERY_BEAT_SCHEDULE_FILENAME = str(FOLDER / "beat-schedule")
for _name, _seconds in {"remind": 5.0, "letters": 3.0}.items():
    CELERY_BEAT_SCHEDULE[_name] = {**CELERY_BEAT_SCHEDULE[_name], "schedule": _seconds}
if "control_folder" in CELERY_BROKER_TRANSPORT_OPTIONS:
    for _option in ("data_folder_in", "data_folder_out", "control_folder"):
        _kind = "control" if _option == "control_folder" else "queue"
        CELERY_BROKER_TRANSPORT_OPTIONS[_option] = str(FOLDER / "broker" / _kind)
        (FOLDER / "broker" / _kind).mkdir(parents=True, exist_ok=True)
