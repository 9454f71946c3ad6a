"""The voices of concerns: in step with the vocabulary, made as they say, and heard in what people type."""

import numpy as np
import pytest

from kith.concerns.naming import named_in
from kith.concerns.rows import ConcernRow
from kith.concerns.sayings import read_sayings, stamp
from kith.core.likeness import embed
from kith.finding.voices import load, make_voices, save, stems


class TestTheFile:
    def test_is_in_step_with_the_vocabulary(self):
        assert load().stamp == stamp(), "kith/concerns/data was changed: run `make voices`"
        assert load().slugs == tuple(read_sayings())

    def test_every_concern_has_many_sayings_and_none_twice(self):
        sayings = read_sayings()
        every = [text for texts in sayings.values() for text in texts[2:]]
        assert min(len(texts) for texts in sayings.values()) >= 2 + 14
        assert len(set(every)) == len(every)

    def test_words_weigh_as_the_sayings_have_them(self):
        voices, sayings = load(), read_sayings()
        at = voices.slugs.index("tinnitus")
        terms = voices.words
        here = {term for term, i in terms.place.items() if at in terms.concern[terms.begin[i] : terms.begin[i + 1]]}
        assert here == set(stems(". ".join(sayings["tinnitus"])))

    def test_is_written_and_read_whole(self, tmp_path):
        texts = {slug: read_sayings()[slug][:4] for slug in ("tinnitus", "pet-loss", "debt")}
        made = make_voices(texts, "stamp")
        save(made, tmp_path / "voices.npz")
        read = load(tmp_path / "voices.npz")
        assert (read.slugs, read.stamp, read.words.place) == (made.slugs, "stamp", made.words.place)
        np.testing.assert_allclose(read.centres, made.centres, atol=1e-3)
        words = "the ringing in my ears"
        np.testing.assert_allclose(read.evidence(words, embed([words])[0]), made.evidence(words, embed([words])[0]), atol=1e-2)


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("a high whistle in both ears since the concert, loudest when the house is quiet", "tinnitus"),
        ("we had our old dog put to sleep and his lead still hangs in the hall", "pet-loss"),
        ("three credit cards at their limit and I hide when the bailiff rings", "debt"),
        ("she asks me the same question every five minutes and hides her purse in the oven", "dementia-carer"),
    ],
)
def test_is_heard_in_words_that_name_nothing(words, slug):
    voices = load()
    assert voices.slugs[int(np.argmax(voices.evidence(words, embed([words])[0])))] == slug


class TestNaming:
    ROWS = (
        ConcernRow(1, "miscarriage", "life_event", "Miscarriage", ()),
        ConcernRow(2, "miscarriage-of-justice", "circumstance", "Miscarriage of justice", ()),
        ConcernRow(3, "ehlers-danlos", "illness", "Ehlers-Danlos syndromes", ("EDS", "my joints slip out")),
    )

    def test_by_name_or_lay_words_and_never_within_a_word(self):
        assert named_in("Is there a group for EDS?", self.ROWS) == {3: "EDS"}
        assert named_in("beds and heds", self.ROWS) == {}

    def test_the_longer_phrase_counts(self):
        assert named_in("my brother: a miscarriage of justice", self.ROWS) == {2: "Miscarriage of justice"}
        assert named_in("after my miscarriage", self.ROWS) == {1: "Miscarriage"}
