"""The ranker's weights.

Where they come from: ridge regression (lambda 20) on 576 CNN articles with their editors'
highlights; the target of a sentence is its ROUGE-1 plus ROUGE-2 against all highlights, plus the
same against the first highlight, each divided by its maximum in the article. Measured on 524 other
CNN articles, cut to 35 words: ROUGE-1 28.25 against 23.30 for the first sentence that fits. Retrain
on the newsroom's own pairs when it has some, and never tune and report on the same items.
"""

from typing import NamedTuple


class Weight(NamedTuple):
    """How much a feature counts, and how it was spread in the training articles."""

    mean: float
    spread: float
    weight: float


BIAS = 0.515

WEIGHTS: dict[str, Weight] = {
    "one over position": Weight(0.126, 0.190, 0.163),
    "is first": Weight(0.032, 0.177, -0.082),
    "is second": Weight(0.032, 0.177, -0.032),
    "is third": Weight(0.032, 0.177, 0.002),
    "share of the commonest terms": Weight(0.203, 0.185, 0.068),
    "length": Weight(0.493, 0.242, 0.066),
    "rank among the sentences": Weight(1.0, 0.569, 0.060),
    "log of position": Weight(2.638, 0.949, 0.040),
    "too short": Weight(0.103, 0.304, -0.034),
    "too long": Weight(0.079, 0.270, -0.028),
    "terms of the opening": Weight(0.159, 0.218, 0.029),
    "relative position": Weight(0.500, 0.298, -0.026),
    "speech verb": Weight(0.206, 0.404, -0.019),
    "first person": Weight(0.161, 0.368, -0.016),
    "likeness to the first": Weight(0.089, 0.140, 0.014),
    "likeness to the others": Weight(0.055, 0.053, 0.014),
    "weekday": Weight(0.049, 0.217, 0.014),
    "mean frequency of its terms": Weight(0.772, 0.455, 0.012),
    "opens with a quotation mark": Weight(0.145, 0.352, -0.011),
    "bracket": Weight(0.030, 0.172, -0.009),
    "likeness to the whole": Weight(0.285, 0.147, -0.008),
    "numbers": Weight(0.092, 0.221, 0.008),
    "names": Weight(0.224, 0.269, 0.008),
    "mass of its terms": Weight(0.049, 0.039, 0.008),
    "quotation mark": Weight(0.26, 0.44, 0.004),
    "question": Weight(0.02, 0.14, 0.001),
    "pronoun opener": Weight(0.24, 0.43, 0.001),
    "boilerplate": Weight(0.02, 0.13, -0.001),
}
