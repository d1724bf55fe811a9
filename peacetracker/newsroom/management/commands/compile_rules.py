"""`compile_rules`: the extraction's files as machine code, which reads texts about twice as fast."""

from __future__ import annotations

import logging
import os
import shutil
import sysconfig
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from peacetracker.newsroom.extraction import compiled

OPTIMISATION = "2"  # as gcc counts it


class Command(BaseCommand):
    help = "Compile the rules of the extraction with mypyc; a C compiler and the development requirements are needed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--try", action="store_true", help="go on with plain Python where nothing can be compiled")

    def handle(self, **options: Any) -> None:
        place = compiled.folder()
        try:
            if not place.is_dir():
                self.stdout.write("Compiling the rules of the extraction takes a minute or two ...")
                _build(place)
        except (ImportError, SetupError) as error:
            message = f"The rules stay plain Python, about half as fast: {error}"
            if not options["try"]:
                raise CommandError(message) from error
            self.stderr.write(message)


class SetupError(Exception):
    """No compiler, or it gave up."""


def missing() -> str | None:
    """What this machine lacks for a build, and how to get it; None if it lacks nothing."""
    if not any(map(shutil.which, (os.environ.get("CC", "cc"), "gcc", "clang"))):
        return "there is no C compiler (on Debian or Ubuntu: apt-get install gcc libc6-dev)"
    if not (Path(sysconfig.get_path("include")) / "Python.h").is_file():
        return "Python's headers are missing (on Debian or Ubuntu: apt-get install python3-dev)"
    return None


def _build(place: Path) -> None:
    """Translate and compile the files in a folder of their own, then move them into place; older builds go."""
    from mypyc.build import mypycify
    from setuptools import Distribution
    from setuptools.errors import BaseError

    if lacking := missing():
        raise SetupError(lacking)
    logging.disable(logging.INFO)  # the compiler's command lines
    os.chdir(settings.BASE_DIR)
    shutil.rmtree(compiled.BUILDS, ignore_errors=True)
    compiled.BUILDS.mkdir()
    with tempfile.TemporaryDirectory(dir=compiled.BUILDS) as name:
        scratch = Path(name)
        files = [str(path.relative_to(settings.BASE_DIR)) for path in compiled.sources()]
        modules = mypycify(
            ["--config-file=", *files],  # the project's own asks for plugins that only `make lint` needs
            opt_level=OPTIMISATION,
            debug_level="0",
            target_dir=name,
            group_name="extraction",
            verbose=False,
        )
        for module in modules:
            module.extra_compile_args.append("-Wno-all")  # Python's own flags ask for warnings that cost minutes here
        command = Distribution({"ext_modules": modules}).get_command_obj("build_ext")
        command.build_temp, command.build_lib = name, str(scratch / "lib")
        try:
            command.ensure_finalized()
            command.run()
        except BaseError as error:
            raise SetupError(str(error)) from error
        done = scratch / "done"
        done.mkdir()
        for path in (scratch / "lib").rglob("*"):
            if path.is_file():
                shutil.move(path, done / path.name)
        done.rename(place)
