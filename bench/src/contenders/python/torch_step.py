"""One Adam training step in PyTorch: the same objectives, defaults and draws as Facet's (docs/mathematics.md 4, 5)."""

import torch
import torch.nn.functional as F

WEIGHT, SIGMA, GAMMA, NOISE, RIDGE = 0.01, 0.1, 1.0, 0.1, 1e-5
DOUBLINGS, BISECTIONS = 6, 20


def layers_of(parameters, part):
    found, i = [], 0
    while f"{part}.{i}.weight" in parameters:
        found.append((parameters[f"{part}.{i}.weight"], parameters[f"{part}.{i}.bias"]))
        i += 1
    return found


def encode(layers, x):
    for weight, bias in layers:
        x = F.relu(F.linear(x, weight, bias))
    return x


def decode(layers, z):
    for weight, bias in layers[:-1]:
        z = F.relu(F.linear(z, weight, bias))
    return F.linear(z, *layers[-1])


@torch.no_grad()
def states(layers, x):
    """Which units of ReLU layers are on."""
    on = []
    for weight, bias in layers:
        x = F.linear(x, weight, bias)
        on.append(x > 0)
        x = F.relu(x)
    return on


def encoder_rows(layers, on):
    """M [N, h, w] of the Jacobian M W1: rows pulled back through the layers to the first one's units; every layer has states."""
    rows = on[-1].float()[:, :, None] * (layers[-1][0] if len(layers) > 1 else torch.eye(layers[-1][0].shape[0]))
    for i in range(len(layers) - 2, -1, -1):
        rows = rows * on[i].float()[:, None, :]
        if i > 0:
            rows = rows @ layers[i][0]
    return rows


def encoder_jacobian(layers, on):
    """[N, h, d]."""
    return encoder_rows(layers, on) @ layers[0][0]


def hidden_tangents(layers, on):
    """[N, h, w], columns pushed forward as rows, up to the last layer."""
    columns = layers[0][0].t() * on[0].float()[:, None, :]
    for (weight, _), mask in zip(layers[1:-1], on[1:]):
        columns = F.linear(columns, weight) * mask.float()[:, None, :]
    return columns


def decoder_tangents(layers, on):
    """[N, h, d]; the last layer is linear."""
    return F.linear(hidden_tangents(layers, on), layers[-1][0])


def squared(jacobians):
    return jacobians.square().sum((1, 2)).mean()


def squared_by_gram(rows, gram):
    """The same of rows W1 without making it: tr(M S M^T) with S = W1 W1^T."""
    return ((rows @ gram) * rows).sum((1, 2)).mean()


def solve_epsilon(images, difference):
    """The ridged least squares of every pair with one correction, held: no gradient goes through it."""
    with torch.no_grad():
        count = images.shape[2]
        gram = (images @ images.transpose(2, 3)).sum(1)
        rhs = (images @ difference[..., None]).sum(1)
        # A Gram matrix of zeros (a base of zeros) gives 0; the floor keeps its Cholesky factor from failing.
        diagonal = gram.diagonal(dim1=1, dim2=2).sum(1)[:, None, None] * (RIDGE / count)
        diagonal = diagonal.clamp(min=1e-30)
        factor = torch.linalg.cholesky(gram + torch.eye(count) * diagonal)
        first = torch.cholesky_solve(rhs, factor)
        left = difference - (first[:, None].transpose(2, 3) @ images).squeeze(2)
        defect = (images @ left[..., None]).sum(1) - first * diagonal
        return (first + torch.cholesky_solve(defect, factor)).squeeze(2)


def residual_of(base, target, generators):
    """base, target [P, c, d] to t - b - sum of e_k G_k b."""
    count, dimension = generators.shape[0], generators.shape[1]
    pairs, columns, _ = base.shape
    difference = target - base
    stacked = generators.view(count * dimension, dimension)
    # Whichever is faster. With many columns a pair, mixing the matrices first, as Facet does, saves products in the backward
    # pass: 12 % of a second-order step at d = 60, 2 % at 128. At 512 and 1092 it costs 45 and 58 %.
    if columns * count > 2 * (columns + count) and dimension < 256:
        with torch.no_grad():
            images = F.linear(base.reshape(pairs * columns, dimension), stacked)
        epsilon = solve_epsilon(images.view(pairs, columns, count, dimension), difference.detach())
        mixed = (epsilon @ generators.view(count, -1)).view(pairs, dimension, dimension)
        return difference - torch.bmm(base, mixed.transpose(1, 2))
    images = F.linear(base.reshape(pairs * columns, dimension), stacked).view(pairs, columns, count, dimension)
    epsilon = solve_epsilon(images.detach(), difference.detach())
    return difference - (epsilon[:, None, None, :] @ images).squeeze(2)


def residual_of_factors(base, target, readout, generators):
    """residual_of for base and target [P, c, w] still to be multiplied by readout.T: generators act on the readout once, as Facet's do."""
    count, dimension = generators.shape[0], generators.shape[1]
    pairs, columns, width = base.shape
    moved = F.linear(readout.t(), generators.view(count * dimension, dimension))
    difference = F.linear(target - base, readout)
    with torch.no_grad():
        images = (base.reshape(pairs * columns, width) @ moved).view(pairs, columns, count, dimension)
        epsilon = solve_epsilon(images, difference)
    by_generator = moved.view(width, count, dimension).transpose(0, 1).reshape(count, width * dimension)
    mixed = (epsilon @ by_generator).view(pairs, width, dimension)
    return difference - torch.bmm(base, mixed)


@torch.no_grad()
def neighbour(hidden, theta, start):
    """States of a region beside that of theta: doubling until outside, then bisection, as a fixed number of steps."""

    def code(points):
        return torch.cat(states(hidden, points), 1)

    home = code(theta)

    def elsewhere(there):
        return (there != home).any(1)

    step = start - theta
    point, best = start, code(start)
    found = elsewhere(best)
    for k in range(1, DOUBLINGS + 1):
        further = theta + step * 2**k
        there = code(further)
        take = ~found & elsewhere(there)
        point = torch.where(take[:, None], further, point)
        best = torch.where(take[:, None], there, best)
        found |= take
    low, high = theta, point
    for _ in range(BISECTIONS):
        middle = (low + high) * 0.5
        there = code(middle)
        beyond = elsewhere(there)
        closer = found & beyond
        high = torch.where(closer[:, None], middle, high)
        low = torch.where(beyond[:, None], low, middle)
        best = torch.where(closer[:, None], there, best)
    return best.split([weight.shape[0] for weight, _ in hidden], 1), found


def mse(encoder, decoder, x):
    return F.mse_loss(decode(decoder, encode(encoder, x)), x)


def penalized(error, penalty):
    """The loss, and the numbers that are compared beside it."""
    return error + WEIGHT * penalty, error, penalty


def ae(encoder, decoder, generators, x, draws):
    error = mse(encoder, decoder, x)
    return error, error


def denoising(encoder, decoder, generators, x, draws):
    corrupted = x + SIGMA * draws["noise"]
    error = F.mse_loss(decode(decoder, encode(encoder, corrupted)), x)
    return error, error


def contractive(encoder, decoder, generators, x, draws):
    error = mse(encoder, decoder, x)
    return penalized(error, squared(encoder_jacobian(encoder, states(encoder, x))))


def contractive_by_gram(encoder, decoder, generators, x, draws):
    error = mse(encoder, decoder, x)
    first = encoder[0][0]
    return penalized(error, squared_by_gram(encoder_rows(encoder, states(encoder, x)), first @ first.t()))


def higher_order_contractive(encoder, decoder, generators, x, draws):
    error = mse(encoder, decoder, x)
    both = torch.cat([x, x + SIGMA * draws["noise"]])
    own, corrupted = encoder_jacobian(encoder, states(encoder, both)).split(len(x))
    return penalized(error, squared(own) + GAMMA * squared(own - corrupted))


def higher_order_contractive_by_gram(encoder, decoder, generators, x, draws):
    error = mse(encoder, decoder, x)
    both = torch.cat([x, x + SIGMA * draws["noise"]])
    own, corrupted = encoder_rows(encoder, states(encoder, both)).split(len(x))
    first = encoder[0][0]
    gram = first @ first.t()
    return penalized(error, squared_by_gram(own, gram) + GAMMA * squared_by_gram(own - corrupted, gram))


def lie_group_first_order(encoder, decoder, generators, x, draws):
    error = mse(encoder, decoder, x)
    decoded = decode(decoder, torch.cat([draws["theta"], draws["theta_prime"]]))[:, None, :]
    target, base = decoded.split(len(draws["theta"]))
    residual = residual_of(base, target, generators)
    return penalized(error, residual.square().sum((1, 2)).mean())


def second_order(residual_between):
    """The objective, with residuals from the decoder's layers and the states of two regions of every pair."""

    def objective(encoder, decoder, generators, x, draws):
        error = mse(encoder, decoder, x)
        hidden = decoder[:-1]
        theta = draws["theta"]
        beside, found = neighbour(hidden, theta, draws["theta_prime"])
        residual = residual_between(decoder, beside, states(hidden, theta), generators)
        values = residual.square().sum((1, 2))
        return penalized(error, (values * found).sum() / found.sum().clamp(min=1))

    return objective


def between_tangents(decoder, base, target, generators):
    return residual_of(decoder_tangents(decoder, base), decoder_tangents(decoder, target), generators)


def between_factors(decoder, base, target, generators):
    readout = decoder[-1][0]
    return residual_of_factors(hidden_tangents(decoder, base), hidden_tangents(decoder, target), readout, generators)


# Ways to write each objective; the first has no name of its own.
OBJECTIVES = {
    "ae": {None: ae},
    "denoising": {None: denoising},
    "contractive": {None: contractive, "Gram": contractive_by_gram},
    "higherOrderContractive": {None: higher_order_contractive, "Gram": higher_order_contractive_by_gram},
    "lieGroupFirstOrder": {None: lie_group_first_order},
    "lieGroupSecondOrder": {None: second_order(between_tangents), "factored": second_order(between_factors)},
}


def drawn(objective, x, bottleneck):
    if objective in ("denoising", "higherOrderContractive"):
        return {"noise": torch.randn_like(x)}
    if objective.startswith("lieGroup"):
        theta = torch.randn(len(x), bottleneck)
        return {"theta": theta, "theta_prime": theta + NOISE * torch.randn_like(theta)}
    return {}


def given(arrays, step):
    names = {"noise": f"noise{step}", "theta": f"theta{step}", "theta_prime": f"thetaPrime{step}"}
    return {draw: torch.from_numpy(arrays[name]) for draw, name in names.items() if name in arrays}


class Training:
    def __init__(self, objective, arrays):
        weights = {name: array for name, array in arrays.items() if "." in name or name == "generators"}
        parameters = {name: torch.from_numpy(array.copy()).requires_grad_() for name, array in weights.items()}
        self.encoder = layers_of(parameters, "encoder")
        self.decoder = layers_of(parameters, "decoder")
        self.generators = parameters.get("generators")
        self.objective = objective
        # Whichever is faster: lists of tensors save 3 to 6 % of small steps (4-8-2-8-4; d = 60), the loop over parameters
        # 20 % of large ones (784-512-256-10; first order, d = 784). Zen 4, torch 1.13.
        small = sum(parameter.numel() for parameter in parameters.values()) < 200_000
        self.adam = torch.optim.Adam(parameters.values(), lr=1e-3, foreach=small)

    def step(self, x, draws):
        loss, *others = self.objective(self.encoder, self.decoder, self.generators, x, draws)
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        self.adam.step()
        return [loss.item(), *(value.item() for value in others)]


def step(work, arrays):
    return [(way, *one_way(work, arrays, objective)) for way, objective in OBJECTIVES[work["objective"]].items()]


def one_way(work, arrays, objective):
    training = Training(objective, arrays)
    data = torch.from_numpy(arrays["data"])
    rows = {"order": torch.randperm(len(data)), "at": 0}

    def run():
        if rows["at"] + work["batch"] > len(data):
            rows.update(order=torch.randperm(len(data)), at=0)
        x = data[rows["order"][rows["at"] : rows["at"] + work["batch"]]]
        rows["at"] += work["batch"]
        training.step(x, drawn(work["objective"], x, work["bottleneck"]))

    def result():
        own = Training(objective, arrays)
        checked = range(sum(name[0] == "x" for name in arrays))
        return [own.step(torch.from_numpy(arrays[f"x{s}"]), given(arrays, s)) for s in checked]

    return run, result
