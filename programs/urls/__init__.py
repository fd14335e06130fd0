"""Addresses of the case: each module of this package brings the ``urlpatterns`` of one noun.

A new noun is a new module; nothing here has to be edited. Modules are read in the order of
their names, so two modules must not claim one address.
"""

import importlib
import pkgutil

urlpatterns = [
    pattern
    for module in pkgutil.iter_modules(__path__)
    for pattern in importlib.import_module(f"{__name__}.{module.name}").urlpatterns
]
