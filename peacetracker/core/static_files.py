"""Static files are gathered anew only when one of them has changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def fingerprint() -> str:
    """One value for the path, size and time of every static file of the project and its libraries."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: str(found[0])):
            state = Path(storage.path(path)).stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def gather_if_changed() -> bool:
    """Run collectstatic unless STATIC_ROOT already holds these very files. True if it ran."""
    stamp = Path(settings.VAR_DIR) / "static.stamp"
    wanted = f"{settings.STATIC_ROOT} {fingerprint()}"
    if Path(settings.STATIC_ROOT).is_dir() and stamp.is_file() and stamp.read_text() == wanted:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted)
    return True
