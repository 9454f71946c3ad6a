"""The embedding gives what the model's own implementation gives, alone or together, and says nothing of an empty text."""

import numpy as np
import pytest

from kith.core.likeness import BATCH, DIMENSIONS, MAX_WINDOWS, WINDOW, embed

# The first eight of 384 numbers, by transformers 5.24.0 and torch 2.13.0 (AutoModel over the same weights, mean pooling, unit length).
REFERENCE = {
    "My husband died in spring.": [-0.00647, 0.0447, 0.08686, 0.05459, 0.06269, -0.00373, -0.06487, -0.02303],
    "My shoulders keep slipping out and nobody at work believes me.": [
        -0.02272, -0.02562, 0.01475, 0.04989, 0.09336, -0.05805, 0.02001, 0.00704,
    ],
    "Wir sind die Eltern eines Kindes mit Diabetes.": [
        -0.07322, 0.05254, 0.02623, 0.01948, -0.03183, 0.06003, 0.07884, 0.07643,
    ],
    "ok": [-0.04612, -0.05907, -0.02188, 0.01694, 0.04528, -0.01728, 0.02644, 0.06383],
}  # fmt: skip


class TestEmbed:
    @pytest.mark.parametrize("text", REFERENCE)
    def test_agrees_with_the_models_own_implementation(self, text):
        assert embed([text])[0, :8] == pytest.approx(REFERENCE[text], abs=2e-5)

    def test_gives_the_same_alone_and_in_batches(self):
        texts = [f"{text} {'and so on ' * at}" for at, text in enumerate([*REFERENCE] * 6)]
        together = embed(texts)
        assert sum(len(text.split()) for text in texts) > BATCH
        assert np.abs(together - np.concatenate([embed([text]) for text in texts])).max() < 1e-5

    def test_rows_have_unit_length_and_an_empty_text_none(self):
        lengths = np.linalg.norm(embed(["a line", "", " \n"]), axis=1)
        assert lengths == pytest.approx([1, 0, 0], abs=1e-5)

    def test_reads_a_stated_number_of_windows(self):
        start = "word " * (WINDOW * MAX_WINDOWS)
        assert np.array_equal(embed([start]), embed([start + "something else entirely"]))

    def test_of_nothing_is_an_empty_array(self):
        assert embed([]).shape == (0, DIMENSIONS)
