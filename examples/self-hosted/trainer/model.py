"""A small transformer that reads a text and writes its label: tokens are words, trained from scratch."""

import json
import re
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional as F

PAD, UNKNOWN, ANSWER, END = range(4)
RESERVED = ["<pad>", "<unknown>", "<answer>", "<end>"]
WORD = re.compile(r"\w+|[^\w\s]")


def words(text):
    return WORD.findall(text.lower())


class Vocabulary:
    def __init__(self, known):
        self.words = known
        self.ids = {word: index for index, word in enumerate(known)}

    @classmethod
    def of(cls, texts, answers, size):
        """The most frequent words, ties in alphabetical order; the words of answers always."""
        counts = {}
        for text in texts:
            for word in words(text):
                counts[word] = counts.get(word, 0) + 1
        kept = list(RESERVED) + sorted({word for answer in answers for word in words(answer)})
        frequent = sorted(counts, key=lambda word: (-counts[word], word))
        kept += [word for word in frequent if word not in set(kept)]
        return cls(kept[:size])

    def encode(self, text):
        return [self.ids.get(word, UNKNOWN) for word in words(text)]


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.before_attention = nn.LayerNorm(width)
        self.attention = nn.Linear(width, 3 * width)
        self.mix = nn.Linear(width, width)
        self.before_feed = nn.LayerNorm(width)
        self.feed = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x):
        batch, length, width = x.shape
        split = (batch, length, self.heads, width // self.heads)
        q, k, v = (part.view(split).transpose(1, 2) for part in self.attention(self.before_attention(x)).chunk(3, -1))
        seen = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.mix(seen.transpose(1, 2).reshape(batch, length, width))
        return x + self.feed(self.before_feed(x))


class Transformer(nn.Module):
    def __init__(self, config):
        super().__init__()
        width = config["width"]
        self.context = config["context"]
        self.tokens = nn.Embedding(config["vocabulary"], width)
        self.positions = nn.Embedding(config["context"], width)
        self.blocks = nn.ModuleList(Block(width, config["heads"]) for _ in range(config["layers"]))
        self.norm = nn.LayerNorm(width)
        for parameter in (self.tokens.weight, self.positions.weight):
            nn.init.normal_(parameter, std=0.02)

    def forward(self, tokens):
        x = self.tokens(tokens) + self.positions(torch.arange(tokens.shape[1]))
        for block in self.blocks:
            x = block(x)
        return self.norm(x) @ self.tokens.weight.T


def prompt(vocabulary, text, context, room):
    """The beginning of a text, and the sign after which the answer stands."""
    return vocabulary.encode(text)[: context - room - 1] + [ANSWER]


@torch.no_grad()
def answer(model, vocabulary, answers, text, room=8):
    """Writes word by word: each time the most likely one that goes on with an answer it was trained on."""
    known = {(*vocabulary.encode(each)[: room - 1], END): each for each in answers}
    tokens = prompt(vocabulary, text, model.context, room)
    read, written = len(tokens), ()
    while written not in known:
        nexts = sorted({each[len(written)] for each in known if each[: len(written)] == written})
        scores = model(torch.tensor([[*tokens, *written]]))[0, -1]
        written += (nexts[int(scores[nexts].argmax())],)
    return known[written], read, len(written)


def save(folder, model, config, vocabulary, answers):
    """`model.safetensors` last: it says that the rest is there."""
    about = {"config": config, "words": vocabulary.words, "answers": answers}
    Path(folder, "config.json").write_text(json.dumps(about, ensure_ascii=False))
    save_file(model.state_dict(), Path(folder, "model.safetensors"), metadata={"format": "pt"})


def load(folder):
    about = json.loads(Path(folder, "config.json").read_text())
    model = Transformer(about["config"])
    model.load_state_dict(load_file(Path(folder, "model.safetensors")))
    model.eval()
    return model, Vocabulary(about["words"]), about["answers"]
