"""The checks of data-part.ts in pandas, and a profile of the same statistics: prints one JSON line."""
import json
import resource
import sys
import time

import pandas as pd

RUNS = 2
CODE = r"[A-Z0-9]{3}"


def measure(path):
    frame = pd.read_csv(path, dtype={"id": "int64", "date": "str", "origin": "str", "destination": "str"})
    counts = {"rows": len(frame), "problems": 0}
    times = pd.to_datetime(frame["date"], errors="coerce")
    for name in frame.columns:
        counts[name + " nulls"] = int(frame[name].isna().sum())
    counts["id faults"] = 0
    counts["date faults"] = int((times.isna() & frame["date"].notna()).sum())
    for name, low, high in [("delay", -120, 1000), ("distance", 1, 6000)]:
        column = frame[name]
        counts[name + " faults"] = int((column.notna() & ~column.between(low, high)).sum())
    for name in ["origin", "destination"]:
        column = frame[name]
        counts[name + " faults"] = int((column.notna() & ~column.str.fullmatch(CODE, na=False)).sum())
    counts["unique"] = int(frame["id"].duplicated().sum())
    profile = {}
    for name in ["id", "delay", "distance"]:
        column = frame[name]
        profile[name] = [column.min(), column.max(), column.mean(), column.std(), column.nunique()]
    for name in ["delay", "distance", "origin", "destination"]:
        profile[name + " values"] = frame[name].value_counts()
    for name in ["origin", "destination"]:
        lengths = frame[name].str.len()
        profile[name + " lengths"] = [lengths.min(), lengths.max()]
    profile["days"] = times.dt.floor("D").value_counts()
    profile["dates"] = [times.min(), times.max()]
    return counts


def main():
    best = float("inf")
    processor = 0.0
    for _ in range(RUNS):
        started = time.perf_counter()
        before = time.process_time()
        counts = measure(sys.argv[1])
        taken = time.perf_counter() - started
        if taken < best:
            best = taken
            processor = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {"seconds": best, "processorSeconds": processor, "peakMiB": peak, "counts": counts}
    print(json.dumps({**found, "version": pd.__version__}))


main()
