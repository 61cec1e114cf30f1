"""The resamples of judge-part.ts with scikit-learn: every metric of two models, all rows and 50 slices. Prints one JSON line."""
import json
import os
import resource
import sys
import time

import numpy as np
import sklearn
from sklearn import metrics as sk

COLUMNS = 5
VALUES = 10
BINS = 10


def calibration(y, p):
    bins = np.clip(np.ceil(p * BINS).astype(int) - 1, 0, BINS - 1)
    count = np.bincount(bins, minlength=BINS)
    gap = np.abs(np.bincount(bins, weights=y - p, minlength=BINS))
    some = count > 0
    return gap.sum() / len(y), (gap[some] / count[some]).max()


def measure(y, p):
    c = (p >= 0.5).astype(np.uint8)
    ece, mce = calibration(y, p)
    return {
        "auc": sk.roc_auc_score(y, p),
        "pr-auc": sk.average_precision_score(y, p),
        "log-loss": sk.log_loss(y, p),
        "brier": sk.brier_score_loss(y, p),
        "accuracy": sk.accuracy_score(y, c),
        "balanced-accuracy": sk.balanced_accuracy_score(y, c),
        "precision": sk.precision_score(y, c),
        "recall": sk.recall_score(y, c),
        "specificity": sk.recall_score(y, c, pos_label=0),
        "f1": sk.f1_score(y, c),
        "f-beta@2": sk.fbeta_score(y, c, beta=2),
        "mcc": sk.matthews_corrcoef(y, c),
        "kappa": sk.cohen_kappa_score(y, c),
        "ece": ece,
        "mce": mce,
    }


def resample(rng, y, a, b):
    rows = rng.integers(0, len(y), len(y))
    y, a, b = y[rows], a[rows], b[rows]
    one, other = measure(y, a), measure(y, b)
    return [one[name] - other[name] for name in one]


def main():
    folder, resamples = sys.argv[1], int(sys.argv[2])
    y = np.fromfile(os.path.join(folder, "labels.u8"), dtype=np.uint8)
    a = np.fromfile(os.path.join(folder, "challenger.f64"))
    b = np.fromfile(os.path.join(folder, "champion.f64"))
    codes = np.fromfile(os.path.join(folder, "columns.u8"), dtype=np.uint8).reshape(COLUMNS, len(y))
    parts = [(y, a, b)]
    for column in codes:
        for value in range(VALUES):
            rows = np.flatnonzero(column == value)
            parts.append((y[rows], a[rows], b[rows]))
    rng = np.random.default_rng(1)
    started, before = time.perf_counter(), time.process_time()
    for part in parts:
        drawn = np.array([resample(rng, *part) for _ in range(resamples)])
        np.quantile(drawn, [0.025, 0.975], axis=0)
    found = {
        "seconds": time.perf_counter() - started,
        "processorSeconds": time.process_time() - before,
        "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "resamples": resamples,
        "values": measure(y, a),
        "version": "scikit-learn " + sklearn.__version__ + ", numpy " + np.__version__,
    }
    print(json.dumps(found))


main()
