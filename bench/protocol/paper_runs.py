"""One run of the table's protocol in PyTorch: Adam over shuffled batches, validation and test error after every epoch, best epoch by validation.

python3 paper_runs.py FOLDER OBJECTIVE EPOCHS BATCH SEED: FOLDER has arrays.json (shapes by name) and NAME.f32; prints one line of JSON.
"""

import json
import sys
import time
from os.path import dirname, join

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, join(dirname(__file__), "../src/contenders/python"))
from torch_step import OBJECTIVES, Training, decode, drawn, encode  # noqa: E402

folder, objective, epochs, batch, seed = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])
torch.set_num_threads(1)
torch.manual_seed(seed)


def load(part):
    with open(join(folder, "arrays.json")) as file:
        shape = json.load(file)[part]
    return torch.from_numpy(np.fromfile(join(folder, f"{part}.f32"), dtype=np.float32).reshape(shape))


def weights(d, hidden=64, h=10):
    """torchUniform, which is PyTorch's own default; generators 0.01 N(0, 1)."""
    arrays = {}
    for part, sizes in (("encoder", [d, hidden, hidden, h]), ("decoder", [h, hidden, hidden, hidden, d])):
        for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
            layer = torch.nn.Linear(a, b)
            arrays[f"{part}.{i}.weight"] = layer.weight.detach().numpy()
            arrays[f"{part}.{i}.bias"] = layer.bias.detach().numpy()
    if objective.startswith("lieGroup"):
        arrays["generators"] = (0.01 * torch.randn(h, d, d)).numpy()
    return arrays


def error_of(training, x):
    with torch.no_grad():
        return F.mse_loss(decode(training.decoder, encode(training.encoder, x)), x).item()


def quickest(x):
    """The way to write the objective that takes least: 30 steps of each, not timed with the run."""
    ways = list(OBJECTIVES[objective].values())
    if len(ways) == 1:
        return ways[0]
    times = []
    for way in ways:
        training = Training(way, weights(x.shape[1]))
        for count in (10, 30):
            started = time.perf_counter()
            for _ in range(count):
                training.step(x[:batch], drawn(objective, x[:batch], 10))
        times.append(time.perf_counter() - started)
    return ways[times.index(min(times))]


way = quickest(load("train"))
started = time.perf_counter()
train, validation, test = load("train"), load("validation"), load("test")
training = Training(way, weights(train.shape[1]))
best = (float("inf"), None)
for _ in range(epochs):
    order = torch.randperm(len(train))
    for at in range(0, len(train), batch):
        x = train[order[at : at + batch]]
        training.step(x, drawn(objective, x, 10))
    best = min(best, (error_of(training, validation), error_of(training, test)))
print(json.dumps({"seconds": time.perf_counter() - started, "test": best[1]}))
