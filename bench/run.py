"""`make bench`: what is measured so far, one after the other. What has no measurement yet is named, not guessed."""

import runpy

NOT_YET = ("search at 1,000,000 events", "Datasette as a peer")
# These need a database with a million events, which takes minutes to fill.
APART = ("bench.lists", "bench.odd", "bench.pages", "bench.paint")

if __name__ == "__main__":
    for name in ("bench.parsing", "bench.extraction", "bench.ingest"):
        print(f"\n== {name}", flush=True)
        runpy.run_module(name, run_name="__main__")
    print("\nBy themselves: " + ", ".join(f"python -m {name}" for name in APART))
    print("Not measured yet: " + "; ".join(NOT_YET))
