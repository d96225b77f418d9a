"""Golden vectors of the losses and their gradients, in float64 and float32.

    /usr/bin/python3 golden.py

writes golden.json beside this file.
"""

import json
import pathlib

import torch
import torch.nn.functional as F

SEED = 1
torch.manual_seed(SEED)


def numbers(rows, columns):
    return 3 * torch.randn(rows, columns, dtype=torch.float64)


def extremes(rows, columns):
    choice = torch.tensor([-1e4, -1e3, -745.0, 0.0, 30.0, 700.0, 1e4], dtype=torch.float64)
    return choice[torch.randint(len(choice), (rows, columns))]


def chances(rows, columns):
    return torch.rand(rows, columns, dtype=torch.float64)


def distributions(rows, columns):
    return torch.softmax(numbers(rows, columns), 1)


def classes(rows, columns):
    return torch.randint(columns, (rows,))


def yes_or_no(rows, columns):
    return torch.randint(2, (rows,))


def softmax(**options):
    return lambda a, y: F.cross_entropy(a, y, **options)


def sigmoid(a, y):
    y = y.to(a.dtype)
    return F.binary_cross_entropy_with_logits(a, y if y.dim() == 2 else y.unsqueeze(1))


def likelihood(f, y):
    return F.nll_loss(torch.log(f), y)


# (export, options, function, first argument, targets, is there only one column)
CASES = [
    *(
        ("softmaxCrossEntropy", {"labelSmoothing": s} if s else {}, softmax(label_smoothing=s), numbers, y, False)
        for s in (0.0, 0.1, 1)
        for y in (classes, distributions)
    ),
    ("sigmoidCrossEntropy", {}, sigmoid, numbers, yes_or_no, True),
    ("sigmoidCrossEntropy", {}, sigmoid, numbers, chances, False),
    ("meanSquaredError", {}, F.mse_loss, numbers, numbers, False),
    ("negativeLogLikelihood", {}, likelihood, distributions, classes, False),
    # A loss of the user's own, made in the test.
    ("makeLoss", {}, F.huber_loss, numbers, numbers, False),
]


def run(loss, dtype, a, y):
    a = a.to(dtype).requires_grad_(True)
    y = y.to(dtype) if y.is_floating_point() else y
    value = loss(a, y)
    value.backward()
    return {
        "rows": a.shape[0],
        "columns": a.shape[1],
        "a": a.flatten().tolist(),
        "y": y.flatten().tolist(),
        "loss": value.item(),
        "grad": a.grad.flatten().tolist(),
    }


def rows(name, options, loss, inputs, targets, single):
    kind = "values" if targets(1, 1).is_floating_point() else "classes"
    for dtype in ("float64", "float32"):
        sizes = [(4, 1), (1, 1)] if single else [(4, 3), (1, 3), (3, 1)]
        runs = [(inputs(*size), targets(*size)) for size in sizes]
        if inputs is numbers:
            size = (5, 1 if single else 3)
            runs.append((extremes(*size), targets(*size)))
        yield {
            "name": name,
            "options": options,
            "kind": kind,
            "dtype": dtype,
            "runs": [run(loss, getattr(torch, dtype), a, y) for a, y in runs],
        }


golden = {
    "torch": torch.__version__,
    "seed": SEED,
    "cases": [row for case in CASES for row in rows(*case)],
}
path = pathlib.Path(__file__).with_name("golden.json")
text = json.dumps(golden)
for key in ('{"name"', '{"rows"'):
    text = text.replace(key, "\n" + key)
path.write_text(text + "\n")
