"""Answers the harness until it hangs up: the Python twin of serve.ts."""

import json
import os
import platform
import resource
import sys
import time

import numpy as np


class Material:
    """A task with its files read; x is float32 between 0 and 1 for pixels, order is the rows' order."""

    def __init__(self, task):
        self.task = task
        self.widths, self.batch, self.update = task["widths"], task["batch"], task["update"]
        self.x, self.y = part(task["train"])
        self.test_x, self.test_y = part(task["test"])
        self.order = np.fromfile(task["order"], np.int32).astype(np.int64)
        weights = np.fromfile(task["weights"], np.float32)
        self.layers, at = [], 0
        for n_in, n_out in zip(self.widths, self.widths[1:]):
            W = weights[at : at + n_out * n_in].reshape(n_out, n_in)
            at += W.size
            self.layers.append((W, weights[at : at + n_out]))
            at += n_out
        self.at = 0

    def next(self):
        """The rows of the next mini-batch."""
        if self.at + self.batch > self.order.size:
            self.at = 0
        self.at += self.batch
        return self.order[self.at - self.batch : self.at]


def part(p):
    size, piece = p["rows"] * p["columns"], 1 << 20
    x = np.empty(size, np.float32)
    if p["kind"] == "uint8":  # piece by piece: the bytes are never all in memory beside the floats
        for at in range(0, size, piece):
            x[at : at + piece] = np.fromfile(p["x"], np.uint8, min(piece, size - at), offset=at)
            x[at : at + piece] /= 255
    else:
        x[:] = np.fromfile(p["x"], np.float32, size)
    return x.reshape(p["rows"], p["columns"]), np.fromfile(p["y"], np.int32).astype(np.int64)


def blas():
    """Which BLAS the process has loaded, its kernels and its threads."""
    try:
        import threadpoolctl
    except ImportError:
        return "unknown BLAS (threadpoolctl is not installed)"
    found = [i for i in threadpoolctl.threadpool_info() if i["user_api"] == "blas"]
    names = {"openblas": "OpenBLAS", "mkl": "MKL", "blis": "BLIS"}
    return ", ".join(
        f"{names.get(i['internal_api'], i['internal_api'])} {i['version']} "
        f"{i.get('architecture', '')} {i.get('threading_layer', '')}, {i['num_threads']} threads"
        for i in found
    ) or "no BLAS found"


def threads():
    return os.environ["OMP_NUM_THREADS"]


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def serve(system):
    """`system` has load(material) -> dict, steps(count), predict(rows) -> probabilities [rows, classes]."""
    replies, sys.stdout = sys.stdout, sys.stderr
    data_resident, material = 0, None
    for line in sys.stdin:
        request = json.loads(line)
        op, began = request["op"], time.perf_counter()
        try:
            if op == "load":
                material = Material(request["task"])
                seconds, data_resident = time.perf_counter() - began, resident()
                about = system.load(material)
                about["runtime"] = "Python " + platform.python_version()
                reply = {"dataSeconds": seconds, "about": about}
            elif op == "prepare":
                reply = {}
            elif op == "steps":
                system.steps(request["steps"])
                reply = {"seconds": time.perf_counter() - began}
            elif op == "loss":
                p = np.asarray(system.predict(request["rows"]), np.float64)
                y = material.test_y[: request["rows"]]
                reply = {"loss": float(-np.log(p[np.arange(len(p)), y]).mean())}
            elif op == "predict":
                for _ in range(request["calls"]):
                    system.predict(request["rows"])
                reply = {"seconds": time.perf_counter() - began}
            elif op == "memory":
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
                reply = {"data": data_resident, "peak": peak}
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), file=replies, flush=True)
