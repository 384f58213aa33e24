"""The ranker's weights, as `python -m digest.bench.train` wrote them.

Trained on 558 articles of

- cnndm_val_dev.jsonl
- cnndm_train100.jsonl

Cross-validated in 5 parts, each by weights trained on the other parts, ROUGE-1 by that of
the articles' first sentences, with the middle 95 % of drawing the articles again:

- all highlights: 1.157 [1.116, 1.200]
- first highlight: 1.167 [1.112, 1.231]

Never tune and report on the same articles.
"""

from digest.summarise.weight import Weight

WEIGHTS: dict[str, Weight] = {
    "in the opening": Weight(0.2084, 0.4062, 0.7032),
    "near the first whole sentence": Weight(0.1651, 0.2394, 0.6778),
    "length": Weight(2.9159, 0.4386, 0.1775),
    "weekday": Weight(0.0766, 0.2659, 0.4324),
    "numbers": Weight(0.1131, 0.2241, 0.2529),
    "just done": Weight(0.1169, 0.3213, 0.1109),
    "share of quotation": Weight(0.0358, 0.1189, -0.2194),
    "opens with who speaks": Weight(0.0725, 0.2593, -0.1144),
    "pronouns": Weight(0.1790, 0.2640, -0.1217),
    "bare name": Weight(0.3610, 0.4803, -0.3830),
    "share of the commonest terms": Weight(0.2451, 0.1830, 0.7328),
    "share of the commonest names": Weight(0.1854, 0.2049, 0.5715),
    "rank among the sentences": Weight(1.0911, 0.4538, 0.7291),
}
