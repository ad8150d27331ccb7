"""Trains the transformer of model.py in the current folder, as Assay's command trainer starts it.

Reads training.jsonl, validation.jsonl and params.json; writes metrics.jsonl as it goes, checkpoints/ (weights,
optimiser, place in the data, chance) every few steps, and artifacts/ at the end. Started again, it goes on from the
last checkpoint, and ends with the same weights as if it had never stopped.
"""

import json
import os
import time
from pathlib import Path

import torch
from torch.nn import functional as F

import model as own

HERE = Path.cwd()
LAST = HERE / "checkpoints" / "last.pt"
ROOM = 8


def examples(path):
    with open(path, encoding="utf8") as lines:
        for line in lines:
            messages = json.loads(line)["messages"]
            said = "\n".join(each["content"] for each in messages[:-1])
            yield said, messages[-1]["content"]


def encode(vocabulary, pairs, context):
    """Tokens and targets of each example; only the answer is learned."""
    rows = []
    for text, label in pairs:
        read = own.prompt(vocabulary, text, context, ROOM)
        written = (vocabulary.encode(label) + [own.END])[:ROOM]
        rows.append((read + written[:-1], [-100] * (len(read) - 1) + written))
    return rows


def batch_of(rows):
    longest = max(len(tokens) for tokens, _ in rows)
    tokens = torch.full((len(rows), longest), own.PAD)
    targets = torch.full((len(rows), longest), -100)
    for index, (row, wanted) in enumerate(rows):
        tokens[index, : len(row)] = torch.tensor(row)
        targets[index, : len(wanted)] = torch.tensor(wanted)
    return tokens, targets


def loss_of(net, rows):
    tokens, targets = batch_of(rows)
    return F.cross_entropy(net(tokens).flatten(0, 1), targets.flatten())


@torch.no_grad()
def validation_loss(net, rows):
    net.eval()
    losses = [loss_of(net, rows[at : at + 64]).item() * len(rows[at : at + 64]) for at in range(0, len(rows), 64)]
    net.train()
    return sum(losses) / len(rows)


def tell(**numbers):
    with open(HERE / "metrics.jsonl", "a", encoding="utf8") as lines:
        lines.write(json.dumps(numbers) + "\n")


def keep(net, optimizer, step):
    """A checkpoint comes to its name by one rename: a killed process leaves the one before."""
    state = {"net": net.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "chance": torch.get_rng_state()}
    unfinished = LAST.with_suffix(".new")
    with open(unfinished, "wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, LAST)


def main():
    given = json.loads((HERE / "params.json").read_text())
    parameters, seed = given["parameters"], given["seed"]
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(parameters["threads"])

    pairs = list(examples(HERE / "training.jsonl"))
    held_out = list(examples(HERE / "validation.jsonl")) if (HERE / "validation.jsonl").exists() else []
    answers = sorted({label for _, label in pairs})
    vocabulary = own.Vocabulary.of((text for text, _ in pairs), answers, parameters["vocabulary"])
    config = {
        "vocabulary": len(vocabulary.words),
        "width": parameters["width"],
        "context": parameters["context"],
        "heads": 4,
        "layers": parameters["layers"],
    }
    rows = encode(vocabulary, pairs, config["context"])
    validation = encode(vocabulary, held_out, config["context"])
    net = own.Transformer(config)
    optimizer = torch.optim.AdamW(net.parameters(), lr=parameters["learningRate"], weight_decay=0.01)

    begin = 0
    if LAST.exists():
        state = torch.load(LAST, weights_only=True)
        net.load_state_dict(state["net"])
        optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["chance"])
        begin = state["step"]
        print(f"goes on from the checkpoint of step {begin}", flush=True)

    size = parameters["batch"]
    steps_an_epoch = (len(rows) + size - 1) // size
    steps = parameters["epochs"] * steps_an_epoch
    count = sum(parameter.numel() for parameter in net.parameters())
    print(f"{count} parameters, {len(rows)} examples, {len(answers)} answers, {steps} steps", flush=True)
    since = time.monotonic()
    for step in range(begin + 1, steps + 1):
        epoch, place = divmod(step - 1, steps_an_epoch)
        # The order of an epoch is made of the seed and its number alone: a resumed epoch goes on in the same order.
        order = torch.randperm(len(rows), generator=torch.Generator().manual_seed(seed + epoch)).tolist()
        picked = [rows[index] for index in order[place * size : (place + 1) * size]]
        loss = loss_of(net, picked)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        is_last = place == steps_an_epoch - 1
        if is_last and validation:
            tell(step=step, epoch=epoch + 1, loss=loss.item(), validationLoss=validation_loss(net, validation))
        elif step % 5 == 0 or step == 1:
            tell(step=step, epoch=epoch + 1, loss=loss.item())
        if step % parameters["checkpointEvery"] == 0 or is_last:
            keep(net, optimizer, step)
    own.save(HERE / "artifacts", net, config, vocabulary, answers)
    print(f"{steps - begin} steps in {time.monotonic() - since:.0f} s", flush=True)


main()
