"""Events of people and places in Russian. Passive voice: it needs no gender of the actor."""

SENTENCES = {
    "record_changed": "{what}: изменено — {changes}.",
    "record_added": "{what}: добавлено.",
    "record_deleted": "{what}: удалено.",
    "calendar_loaded": "Производственный календарь прочитан: годы {years}, изменено дней {days}.",
    "calendar_day_corrected": "Календарь исправлен: {day}, {name}.",
}
