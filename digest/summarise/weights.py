"""The ranker's weights, as `python -m digest.bench.train` wrote them.

Trained on 558 articles of

- cnndm_val_dev.jsonl
- cnndm_train100.jsonl

Cross-validated in 5 parts, each by weights trained on the other parts, ROUGE-1 by that of
the articles' first sentences, with the middle 95 % of drawing the articles again:

- all highlights: 1.154 [1.114, 1.198]
- first highlight: 1.165 [1.109, 1.230]

Never tune and report on the same articles.
"""

from digest.summarise.weight import Weight

WEIGHTS: dict[str, Weight] = {
    "in the opening": Weight(0.2078, 0.4057, 0.6984),
    "near the first whole sentence": Weight(0.1649, 0.2392, 0.6868),
    "length": Weight(2.9170, 0.4381, 0.1848),
    "weekday": Weight(0.0758, 0.2646, 0.4390),
    "numbers": Weight(0.1130, 0.2248, 0.2576),
    "just done": Weight(0.1169, 0.3213, 0.1074),
    "share of quotation": Weight(0.0354, 0.1182, -0.2233),
    "opens with who speaks": Weight(0.0716, 0.2578, -0.1184),
    "pronouns": Weight(0.1784, 0.2634, -0.1333),
    "bare name": Weight(0.3593, 0.4798, -0.3811),
    "share of the commonest terms": Weight(0.2444, 0.1831, 0.7219),
    "share of the commonest names": Weight(0.1845, 0.2046, 0.5801),
    "rank among the sentences": Weight(1.0896, 0.4541, 0.7130),
}
