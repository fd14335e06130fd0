"""Events of acquaintance with acts and orders in Russian."""

ACQUAINTANCE = {
    "acquainted": "Ознакомлены {signed_on}: {people} — {paper}.",
    "acquaintance_withdrawn": "Отметка об ознакомлении от {signed_on} снята: {person} — {paper}.",
}
