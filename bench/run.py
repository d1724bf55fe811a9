"""`make bench`: what is measured so far, one after the other. What has no measurement yet is named, not guessed."""

import runpy

NOT_YET = ("facets and search at 1,000,000 events", "page weight and first paint")

if __name__ == "__main__":
    for name in ("bench.parsing", "bench.extraction", "bench.ingest"):
        print(f"\n== {name}", flush=True)
        runpy.run_module(name, run_name="__main__")
    print("\nNot measured yet: " + "; ".join(NOT_YET))
