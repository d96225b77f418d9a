"""Trajectories of PyTorch's optimizers and values of its schedules: python3 golden.py > golden.json"""

import json
import sys

import torch

SEED = 5
STEPS = 10
torch.manual_seed(SEED)
SHAPES = [[2, 3], [3]]
# Away from 0, so that a relative tolerance means something.
PARAMS = [torch.sign(torch.randn(s)) * (0.5 + torch.rand(s)) for s in SHAPES]
# Small and large gradients, and exact zeros.
GRADS = [[torch.randn(s) * 2.0 ** (t % 5 - 3) for s in SHAPES] for t in range(STEPS)]
for grads in GRADS:
    grads[0][1, 2] = 0.0


def decoupled(optimizer, params, rate, decay):
    with torch.no_grad():
        for p in params:
            p.mul_(1 - rate * decay)


SGD, ADAM, ADAMW = torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW
CASES = {
    "sgd": (SGD, {"lr": 0.1}, {}),
    "sgd momentum": (SGD, {"lr": 0.1, "momentum": 0.9}, {}),
    "sgd nesterov": (SGD, {"lr": 0.1, "momentum": 0.9, "nesterov": True}, {}),
    "sgd weight decay": (SGD, {"lr": 0.1, "weight_decay": 0.2}, {}),
    "sgd weight decay, biases spared": (SGD, {"lr": 0.1}, {"decay_weights": 0.2}),
    "sgd momentum, decoupled weight decay": (SGD, {"lr": 0.1, "momentum": 0.9}, {"decoupled": 0.2}),
    "sgd nesterov, decoupled weight decay": (
        SGD, {"lr": 0.1, "momentum": 0.9, "nesterov": True}, {"decoupled": 0.2}),
    "sgd momentum, L2": (SGD, {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.2}, {}),
    "sgd nesterov, L2": (
        SGD, {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.2}, {}),
    "sgd cosine": (SGD, {"lr": 0.1}, {"cosine": True}),
    "sgd clip": (SGD, {"lr": 0.1}, {"clip": 1.0}),
    "sgd momentum, clip": (SGD, {"lr": 0.1, "momentum": 0.9}, {"clip": 1.0}),
    "adam": (ADAM, {}, {}),
    "adam options": (ADAM, {"lr": 0.02, "betas": (0.8, 0.95), "eps": 1e-3}, {}),
    "adam, L2": (ADAM, {"lr": 0.02, "weight_decay": 0.2}, {}),
    "adam clip": (ADAM, {"lr": 0.02}, {"clip": 1.0}),
    "adamw": (ADAMW, {"lr": 0.02, "weight_decay": 0.2}, {}),
    "adamw, biases spared": (ADAMW, {"lr": 0.02, "weight_decay": 0.0}, {"decay_weights": 0.2}),
}


def trajectory(make, options, extra, dtype):
    params = [p.to(dtype).clone().requires_grad_() for p in PARAMS]
    groups = [{"params": [p]} for p in params]
    if "decay_weights" in extra:
        groups[0]["weight_decay"] = extra["decay_weights"]
    optimizer = make(groups, **options)
    schedule = (torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, STEPS, 0.01)
                if extra.get("cosine") else None)
    rows = []
    for grads in GRADS:
        for p, g in zip(params, grads):
            p.grad = g.to(dtype).clone()
        if "clip" in extra:
            torch.nn.utils.clip_grad_norm_(params, extra["clip"])
        if "decoupled" in extra:
            decoupled(optimizer, params, options["lr"], extra["decoupled"])
        optimizer.step()
        if schedule:
            schedule.step()
        rows.append([p.detach().flatten().tolist() for p in params])
    return rows


def rates(make, count):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
    schedule = make(optimizer)
    values = []
    for _ in range(count):
        values.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return values


S = torch.optim.lr_scheduler
json.dump({
    "torch": torch.__version__,
    "seed": SEED,
    "shapes": SHAPES,
    "params": [p.flatten().tolist() for p in PARAMS],
    "grads": [[g.flatten().tolist() for g in grads] for grads in GRADS],
    "float32": {name: trajectory(*case, torch.float32) for name, case in CASES.items()},
    "float64": {name: trajectory(*case, torch.float64) for name, case in CASES.items()},
    "schedules": {
        "constant": rates(lambda o: S.ConstantLR(o, 1.0), 5),
        "inverseTime": rates(lambda o: S.LambdaLR(o, lambda t: 1 / (1 + 0.3 * t)), 12),
        "cosine": rates(lambda o: S.CosineAnnealingLR(o, 20, 0.001), 21),
        "warmUp": rates(lambda o: S.LinearLR(o, 1 / 6, total_iters=5), 12),
    },
}, sys.stdout, separators=(",", ":"))
print()
