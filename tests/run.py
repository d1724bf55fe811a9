"""The whole suite: on SQLite, on PostgreSQL, and the browser journeys on PostgreSQL.

The journeys have a process of their own, for Playwright's event loop makes Django refuse the database in its process.
Every part runs even if one before it failed; the exit code is 0 only if all are green.
"""

import os
import subprocess
import sys

from tests.browser import NoBrowser, chromium

PARTS = {
    "SQLite": ("sqlite", ["-n", "2", "--ignore=tests/journeys"]),
    "PostgreSQL": ("postgres", ["-n", "2", "--ignore=tests/journeys"]),
    "Journeys": ("postgres", ["tests/journeys"]),
}


def run(title: str, database: str, arguments: list[str], browser: str) -> bool:
    print(f"\n=== {title} ===", flush=True)
    environment = os.environ | {"TEST_DATABASE": database, "CHROMIUM": browser}
    return subprocess.run([sys.executable, "-m", "pytest", "-q", *arguments], env=environment).returncode == 0


def main() -> int:
    try:
        browser = chromium()
    except NoBrowser as error:
        print(error, file=sys.stderr)
        return 1
    failed = [title for title, part in PARTS.items() if not run(title, *part, browser=browser)]
    print("\nFailed: " + ", ".join(failed) if failed else "\nAll green: " + ", ".join(PARTS))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
