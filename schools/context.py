"""What every page's frame needs."""


def navigation(request):
    """Which sections the person has; roles are decided here, templates only ask booleans."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    access = user.access
    return {
        "nav": {
            "staff": bool(access.school_ids),
            "territory": access.sees_territory,
            "admin": user.is_staff,
        }
    }
