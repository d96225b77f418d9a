"""Golden vectors of the activations and their derivatives, in float64.

    /usr/bin/python3 golden.py

writes golden.json beside this file. NaN and the infinities are strings there.
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

CASES = [
    ("linear", {}, lambda a: a * 1),
    ("sigmoid", {}, torch.sigmoid),
    ("tanh", {}, torch.tanh),
    ("relu", {}, F.relu),
    ("leakyRelu", {}, F.leaky_relu),
    ("leakyRelu", {"slope": 0.2}, lambda a: F.leaky_relu(a, 0.2)),
    ("leakyRelu", {"slope": 0}, lambda a: F.leaky_relu(a, 0.0)),
    ("leakyRelu", {"slope": -0.5}, lambda a: F.leaky_relu(a, -0.5)),
    ("elu", {}, F.elu),
    ("elu", {"alpha": 2}, lambda a: F.elu(a, 2.0)),
    ("elu", {"alpha": 0}, lambda a: F.elu(a, 0.0)),
    ("elu", {"alpha": -1}, lambda a: F.elu(a, -1.0)),
    # From its threshold of 20 on, PyTorch returns a itself; 700 keeps the formula as long as it is finite.
    ("softplus", {}, lambda a: F.softplus(a, threshold=700)),
]

POSITIVE = [0.0, 5e-324, 1e-8, 1e-3, 0.25, 0.5, 1, 1.5, 2, 3, 5, 8, 15, 20, 30, 40, 100, 690, 1e3, 1e4, math.inf]
INPUTS = [math.nan] + [-a for a in reversed(POSITIVE)] + POSITIVE


def plain(x):
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "Infinity" if x > 0 else "-Infinity"
    return x


def row(name, options, f):
    a = torch.tensor(INPUTS, dtype=torch.float64, requires_grad=True)
    h = f(a)
    h.sum().backward()
    return {
        "name": name,
        "options": options,
        "g": [plain(x) for x in h.tolist()],
        "dg": [plain(x) for x in a.grad.tolist()],
    }


golden = {
    "torch": torch.__version__,
    "dtype": "float64",
    "a": [plain(x) for x in INPUTS],
    "cases": [row(*case) for case in CASES],
}
path = pathlib.Path(__file__).with_name("golden.json")
text = json.dumps(golden)
for key in ('{"name"', '"dg"', '"a"', '"cases"'):
    text = text.replace(key, "\n" + key)
path.write_text(text + "\n")
