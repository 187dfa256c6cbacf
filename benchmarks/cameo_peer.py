"""Peers on CAMEO, trained on the very sentences that our weights were trained on.

For spans: spaCy's own span categoriser on md vectors, from nothing but tokens, word shapes and static vectors, with
spaCy's default layers and optimiser, on one thread with a fixed seed. It takes minutes, so the trained peer is kept
in the user's cache under a hash of what made it (sentences, recipe, model), and only the first run trains.
For classes: TF-IDF over words with logistic regression, in seconds, each time anew.

The sentences are looked for in the folder that is measured and in DATELINE_CORPORA, so that the peers also stand
beside us on another part of the corpus; where they are in neither, the peers are left out.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from dateline.corpora import Part
from dateline.corpora.cameo import Classed, Tagged
from dateline.language import load_model
from dateline.training.cameo import Spans, mark, seen

S = TypeVar("S", Tagged, Classed)
RECIPE = 1  # another number where the layers or the way of training below change
KEY, SIZES, ROUNDS, BATCH, SEED, THRESHOLD = "sc", tuple(range(1, 17)), 20, 16, 0, 0.5


def trained_on(
    name: str, files: list[Path], find: Callable[[Path], list[Path]], take: Callable[[list[Path], Part], list[S]]
) -> list[S]:
    """Return the sentences that our model `name` was trained on, as far as they can be found."""
    places = [*files, *(find(Path(os.environ["DATELINE_CORPORA"])) if os.environ.get("DATELINE_CORPORA") else [])]
    known = seen(name)
    held = [one for one in take(sorted({path.resolve() for path in places}), "all") if mark(one.key) in known]
    return held if len({mark(one.key) for one in held}) == len(known) else []


def spancat(train: list[Tagged], test: list[Tagged]) -> list[Spans]:
    """Return the spans, in words of the corpus, that the span categoriser finds in each sentence."""
    model = load_model("md")
    digest = hashlib.sha256(repr((RECIPE, SIZES, ROUNDS, BATCH, SEED, model.hash)).encode())
    for one in train:
        digest.update(repr((one.words, one.spans)).encode())
    path = platformdirs.user_cache_path("dateline") / "peers" / f"cameo-{digest.hexdigest()[:24]}.spacy"
    if path.is_file():
        nlp = _blank(model.nlp)
        nlp.get_pipe("spancat").from_bytes(path.read_bytes(), exclude=["vocab"])
    else:
        print("training the span categoriser: minutes, once", file=sys.stderr)
        nlp = _trained(train, model.nlp)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(nlp.get_pipe("spancat").to_bytes(exclude=["vocab"]))
    docs = nlp.pipe([_doc(nlp, one) for one in test])
    return [[(span.label_, span.start, span.end) for span in doc.spans[KEY]] for doc in docs]


def _blank(md: Any) -> Any:
    """Return a pipeline of one span categoriser that has not learned anything."""
    import spacy

    nlp = spacy.blank("en")
    nlp.vocab.vectors = md.vocab.vectors
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2", "width": 96, "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [5000, 1000, 2500, 2500], "include_static_vectors": True,
    }  # fmt: skip
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4, "window_size": 1,
        "maxout_pieces": 3,
    }  # fmt: skip
    config = {
        "spans_key": KEY,
        "threshold": THRESHOLD,
        "suggester": {"@misc": "spacy.ngram_suggester.v1", "sizes": list(SIZES)},
        "model": {
            "@architectures": "spacy.SpanCategorizer.v1",
            "tok2vec": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode},
            "reducer": {"@layers": "spacy.mean_max_reducer.v1", "hidden_size": 128},
            "scorer": {"@layers": "spacy.LinearLogistic.v1"},
        },
    }
    nlp.add_pipe("spancat", config=config)
    return nlp


def _trained(train: list[Tagged], md: Any) -> Any:
    from spacy.tokens import Span
    from spacy.training import Example
    from spacy.util import minibatch
    from thinc.util import fix_random_seed

    fix_random_seed(SEED)
    nlp = _blank(md)
    examples = []
    for one in train:
        gold = _doc(nlp, one)
        gold.spans[KEY] = [Span(gold, first, last, role) for role, first, last in one.spans]
        examples.append(Example(_doc(nlp, one), gold))
    optimizer = nlp.initialize(lambda: examples)
    chance = random.Random(SEED)
    for _ in range(ROUNDS):
        chance.shuffle(examples)
        for batch in minibatch(examples, BATCH):  # type: ignore[no-untyped-call]
            nlp.update(batch, sgd=optimizer, drop=0.1)
    return nlp


def _doc(nlp: Any, one: Tagged) -> Any:
    from spacy.tokens import Doc

    return Doc(nlp.vocab, words=list(one.words))


def tfidf(train: Sequence[Classed], test: Sequence[Classed]) -> list[str]:
    """Return the classes by TF-IDF over words and pairs of words with logistic regression.

    Pairs, sublinear counts and C = 10 did better than scikit-learn's defaults in cross-validation (.784 to .723).
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    model = LogisticRegression(C=10.0, max_iter=1000)
    model.fit(vectorizer.fit_transform([one.text for one in train]), [one.label for one in train])
    return [str(label) for label in model.predict(vectorizer.transform([one.text for one in test]))]
