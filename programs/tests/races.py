"""Steps at once, each in its own thread and connection."""

import threading

from django.db import connections

from schools.errors import DomainError


def together(*steps) -> list[str]:
    """Run ``steps`` at once; returns the codes of their refusals, in no order."""
    start, codes, crashes = threading.Barrier(len(steps)), [], []

    def run(step):
        start.wait()
        try:
            step()
        except DomainError as error:
            codes.append(error.code)
        except BaseException as error:
            crashes.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if crashes:
        raise crashes[0]
    return codes
