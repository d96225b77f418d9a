"""Golden vectors of the softmax family and of affine, in float64.

    /usr/bin/python3 golden.py

writes golden.json beside this file. NaN and the infinities are strings there.
"""

import json
import math
import pathlib

import torch

SEED = 1
torch.manual_seed(SEED)
torch.set_default_dtype(torch.float64)
INF = math.inf

LOGITS = {
    "ordinary": (3 * torch.randn(4, 5)).tolist(),
    "one class": [[3.0], [-1e4], [0.0]],
    "far apart": [[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4], [1e4, 1e4, 9999.0]],
    "nearly equal": [[1.0, 1.0 + 1e-12, 1.0], [1e-300, 0.0, -1e-300]],
    "infinite": [[-INF, 0.0, 1.0], [INF, 0.0, 1.0], [-INF, -INF, -INF], [math.nan, 0.0, 1.0]],
}


def plain(x):
    if isinstance(x, torch.Tensor):
        return plain(x.tolist())
    if isinstance(x, list):
        return [plain(e) for e in x]
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "Infinity" if x > 0 else "-Infinity"
    return x


def of_logits(name, rows):
    a = torch.tensor(rows, requires_grad=True)
    f = torch.softmax(a, dim=1)
    grad_f = torch.randn(f.shape)
    f.backward(grad_f)
    return {
        "name": name,
        "a": plain(a),
        "softmax": plain(f),
        "logSoftmax": plain(torch.log_softmax(a, dim=1)),
        "logSumExp": plain(torch.logsumexp(a, dim=1)),
        "gradF": plain(grad_f),
        "gradA": plain(a.grad),
    }


def of_affine(batch, inputs, units):
    W = torch.randn(units, inputs, requires_grad=True)
    b = torch.randn(units, requires_grad=True)
    h = torch.randn(batch, inputs, requires_grad=True)
    a = torch.nn.functional.linear(h, W, b)
    grad_a = torch.randn(a.shape)
    a.backward(grad_a)
    return {
        "W": plain(W),
        "b": plain(b),
        "h": plain(h),
        "affine": plain(a),
        "gradA": plain(grad_a),
        "gradW": plain(W.grad),
        "gradB": plain(b.grad),
        "gradH": plain(h.grad),
    }


golden = {
    "torch": torch.__version__,
    "seed": SEED,
    "dtype": "float64",
    "logits": [of_logits(name, rows) for name, rows in LOGITS.items()],
    "affine": [of_affine(*sizes) for sizes in [(5, 3, 2), (1, 6, 4), (7, 5, 9)]],
}
path = pathlib.Path(__file__).with_name("golden.json")
text = json.dumps(golden)
for key in ('{"name"', '{"W"', '"affine": [['):
    text = text.replace(key, "\n" + key)
path.write_text(text + "\n")
