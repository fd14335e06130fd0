"""Addresses of the case: each module of this package brings the ``urlpatterns`` of one noun."""

import importlib
import pkgutil

urlpatterns = [
    pattern
    for module in pkgutil.iter_modules(__path__)
    for pattern in importlib.import_module(f"{__name__}.{module.name}").urlpatterns
]
