"""The ranker's weights, as `python -m digest.bench.train` wrote them.

Trained on 558 articles of

- cnndm_val_dev.jsonl
- cnndm_train100.jsonl

Cross-validated in 5 parts, each by weights trained on the other parts, ROUGE-1 by that of
the articles' first sentences, with the middle 95 % of drawing the articles again:

- all highlights: 1.158 [1.118, 1.202]
- first highlight: 1.168 [1.112, 1.232]

Never tune and report on the same articles.
"""

from digest.summarise.weight import Weight

WEIGHTS: dict[str, Weight] = {
    "in the opening": Weight(0.2085, 0.4062, 0.7034),
    "near the first whole sentence": Weight(0.1653, 0.2396, 0.6789),
    "length": Weight(2.9159, 0.4383, 0.1767),
    "weekday": Weight(0.0763, 0.2656, 0.4320),
    "numbers": Weight(0.1130, 0.2242, 0.2544),
    "just done": Weight(0.1170, 0.3215, 0.1116),
    "share of quotation": Weight(0.0357, 0.1188, -0.2184),
    "opens with who speaks": Weight(0.0723, 0.2590, -0.1143),
    "pronouns": Weight(0.1786, 0.2638, -0.1213),
    "bare name": Weight(0.3607, 0.4802, -0.3870),
    "share of the commonest terms": Weight(0.2449, 0.1830, 0.7328),
    "share of the commonest names": Weight(0.1853, 0.2048, 0.5705),
    "rank among the sentences": Weight(1.0911, 0.4538, 0.7294),
}
