"""What speaks for and against each reading of a quantity, as named facts that the learned weights add up."""

from __future__ import annotations

from bisect import bisect_left
from math import log10
from typing import Any

from etl.extract import words as lexicon
from etl.extract.lists.elided import small_words
from etl.extract.lists.links import Link
from etl.extract.readings import beside, moves
from etl.extract.readings.beside import Whole
from etl.extract.readings.cues import Cue, around, small_money
from etl.extract.readings.moves import Move
from etl.extract.readings.reading import Reading
from etl.extract.scene import BARE, Scene, Spot

FAR = {
    "lead": 12.0,
    "last": 18.0,
    "paragraph": 26.0,
    "headline": 30.0,
}  # what cues of other sentences are taken to cost
NEAR = 4  # cost up to which a verb stands beside its number
MOST = 30.0  # costs beyond say no more
SIZES = (-3, 10)  # powers of ten told apart
SHARES = (2, 10, 40)  # percentages told apart
CENTS = -2
SURROUNDINGS = 5  # numbers before one that tell whether a text counts money or people
Facts = dict[str, float]


class Evidence:
    """The surroundings of one quantity, looked at once for all its readings."""

    def __init__(self, scene: Scene, spot: Spot, link: Link | None, whole: Whole) -> None:
        """Collect the words that name a measure, the verbs that move the number, and its tie to an earlier figure."""
        self.scene, self.spot, self.link, self.whole = scene, spot, link, whole
        self.family = "bare" if spot.bare else spot.unit
        if spot.quantity.unit == "percentage_points":
            self.family = "points"
        self.cues: dict[str, list[Cue]] = {}
        for cue in around(scene, spot, None):
            self.cues.setdefault(cue.metric, []).append(cue)
        for listed in self.cues.values():
            listed.sort(key=_distance)
        self.named = [listed[0] for listed in self.cues.values() if not listed[0].hinted]
        self.came = _how_near(moves.of(scene, spot))
        self.moved = _how_near(moves.growth(scene, spot))
        self.size = self._size()
        self.verb = self._verb()
        self.common = self._common()
        self.kinds: dict[str, Facts] = {}
        self.sums = self._sums()
        here = [hit for hit in scene.hits("metrics", spot.sentence) if hit.name.endswith(".nouns")]
        self.opening = here[0].name[:-6] if here else ""
        layout = scene.layout
        quantity = spot.quantity
        self.spelled = not any(map(str.isdigit, layout.plain[quantity.core_start : quantity.core_end]))
        self.own = beside.own(scene, spot)
        self.echoes = beside.echoes(self.cues)
        self.definite = spot.opening > 0 and layout.words[spot.opening - 1] in lexicon.listed(
            scene.document.lang, "roles", "articles"
        )

    def of(self, reading: Reading) -> Facts:
        """Return the facts about one reading."""
        metric, kind = reading.metric.value, reading.transformation.value
        facts = {
            **self._of_kind(kind),
            f"{self.family} {metric} {kind}": 1.0,
            "rules": max(-1.0, min(reading.score, 20.0) / 10) if reading.ruled else 0.0,
            f"{metric} size {self.size}": 1.0,
            f"verb {self.verb} {metric}": 1.0,
        }
        if self.opening == metric:
            facts[f"opens {kind}"] = 1.0
        if self.own:
            facts[f"own {self.family} {kind}" if metric in self.own else f"not own {self.family}"] = 1.0
            facts.update({f"own {other} as {metric}": 1.0 for other in self.own if self.family in ("count", "bare")})
        if metric in self.echoes:
            facts[f"echo {self.echoes[metric]}"] = 1.0
        if often := self.whole.named[metric]:
            facts[f"{self.family} {metric} spoken of"] = min(often, 6) / 6
            facts["spoken of"] = min(often, 6) / 6
        if not reading.ruled:
            facts[f"unruled {kind}"] = 1.0
        if reading.unit:
            facts[f"unwritten {self.family} {metric}"] = 1.0
            facts[f"unwritten sums {self.sums}"] = 1.0
        elif self.family == "count":
            facts[f"counted sums {self.sums}"] = 1.0
        facts |= self._named(metric, kind)
        facts |= self._tied(metric, kind)
        return facts | self._shape(metric, kind)

    def _of_kind(self, kind: str) -> Facts:
        """Return the facts that all readings of one transformation share."""
        if kind not in self.kinds:
            self.kinds[kind] = {f"{name} {kind}": 1.0 for name in self.common}
        return self.kinds[kind]

    def against(self) -> Facts:
        """Return the facts that speak for no figure at all."""
        scene, spot = self.scene, self.spot
        here = any(cue.place not in FAR for listed in self.cues.values() for cue in listed)
        mentioned = any(scene.layout.sentence[mention.first] == spot.sentence for mention in scene.mentions)
        tied = "none" if self.link is None else self.link.kind
        facts = {
            "nothing": 1.0,
            f"nothing {self.family}": 1.0,
            f"nothing size {self.size}": 1.0,
            f"nothing verb {self.verb}": 1.0,
            f"nothing {self.family} tied {tied}": 1.0,
            f"nothing {self.family} {'named' if here else 'unnamed'}": 1.0,
        }
        for name, holds in (
            ("focused", scene.focused),
            ("mentioned", mentioned),
            ("noun", bool(spot.quantity.noun)),
            ("rate", bool(spot.quantity.per)),
            ("spelled", self.spelled),
            ("definite", self.definite),
            ("headline", spot.sentence == 0),
        ):
            if holds:
                facts[f"nothing {self.family} {name}"] = 1.0
        facts.update({f"nothing {self.family} {name}": 1.0 for name in beside.against(scene, spot, self.whole)})
        return facts

    def _named(self, metric: str, kind: str) -> Facts:
        """Return the facts about the words that name the measure, and about those that name another one nearer."""
        listed = self.cues.get(metric)
        if not listed:
            return {f"{metric} unnamed": 1.0, "unnamed": 1.0, "unnamed rivals": float(min(len(self.named), 3))}
        cue = listed[0]
        strength = "hint" if cue.hinted else "noun"
        nearer = sum(other.metric != metric and _distance(other) < _distance(cue) for other in self.named)
        return {
            f"{strength} {cue.place}": 1.0,
            f"{self.family} {kind} {strength} {cue.place}": 1.0,
            f"{metric} {strength}": 1.0,
            f"{strength} {cue.place} cost": min(cue.cost, MOST) / 10,
            "crossed": float(min(cue.crossed, 3)),
            f"{strength} rivals": float(min(nearer, 3)),
            "again named": float(min(len(listed) - 1, 3)),
            "span": float(min(cue.last - cue.first, 3)),
            f"{strength} joined": float(self._joined(cue)),
            f"taken {cue.place}": float(cue.place not in FAR and beside.taken(self.scene, self.spot, cue)),
        }

    def _joined(self, cue: Cue) -> bool:
        """Whether a measure is joined to the number before it by one small word: "$830 million of revenue"."""
        between = self.scene.layout.words[self.spot.last + 1 : cue.first]
        return cue.place not in FAR and len(between) == 1 and between[0] in small_words(self.scene.document.lang)

    def _tied(self, metric: str, kind: str) -> Facts:
        link = self.link
        if link is None:
            return {}
        base, same = link.base, "same" if link.base.metric.value == metric else "other"
        place = "here" if link.spot.sentence == self.spot.sentence else "back"
        facts = {
            f"tie {link.kind} {place} {same}": 1.0,
            f"tie {same} {base.unit_family} {self.spot.unit}": 1.0,
            f"tie {link.kind} {base.transformation.value} {kind}": 1.0,
        }
        if same == "same":
            facts[f"tie {place} cost"] = min(link.cost, 40.0) / 10
            if base.unit_family == self.spot.unit and self.spot.unit in ("count", "money"):
                ratio = beside.ratio(self.spot, link.spot)
                facts[f"tie {base.transformation.value} {kind} ratio {ratio}"] = 1.0
        return facts

    def _shape(self, metric: str, kind: str) -> Facts:
        quantity, facts = self.spot.quantity, {}
        if quantity.per:
            facts[f"{metric} {kind} per {quantity.per}"] = 1.0
        if self.family in ("money", "bare") and quantity.value.as_tuple().exponent == CENTS:
            facts[f"{metric} cents"] = 1.0
        beside = any(cue.place == "beside" for cue in self.cues.get(metric, ()))
        if quantity.noun and not beside:
            facts[f"{self.family} {metric} other noun"] = 1.0
        words = self.scene.layout.words
        if self.spot.unit == "percent" and self.spot.last + 1 < len(words):
            after = words[self.spot.last + 1]
            if after in self.scene.of_words:
                facts[f"of {metric} {kind}"] = 1.0
        return facts

    def _common(self) -> list[str]:
        """Return what is said of a number by the words that move it and stand before it, whatever it measures."""
        scene, spot = self.scene, self.spot
        found = [f"{self.family} came {self.came}", f"{self.family} moved {self.moved}"]
        found.append(f"{self.family} behind {scene.tie_before(spot) or 'nothing'}")
        found.append(f"verb {self.verb}")
        if spot.quantity.signed:
            found.append(f"{self.family} signed")
        return [*found, *beside.around(scene, spot)]

    def _verb(self) -> str:
        """Return what the nearest word of change before the number is, and whether it is near."""
        scene, spot = self.scene, self.spot
        hits = [hit for hit in scene.hits("changes", spot.sentence) if hit.last < spot.opening]
        if not hits:
            return "none"
        hit = max(hits, key=lambda hit: hit.last)
        cost = scene.layout.cost(hit.last, spot.first)
        return "none" if cost > 10 or scene.spots_between(spot, hit) else hit.name

    def _sums(self) -> int:
        """Return how many of the last big numbers before this one, and of the next, were sums of money: 0 to 4."""
        scene = self.scene
        at = bisect_left(scene.firsts, self.spot.first)
        near = [*scene.spots[max(at - SURROUNDINGS, 0) : at], *scene.spots[at + 1 : at + 2]]
        big = [spot for spot in near if spot.unit in ("count", "money") and abs(spot.quantity.value) >= BARE]
        return round(4 * sum(spot.unit == "money" for spot in big) / len(big)) if big else 2

    def _size(self) -> str:
        """Return the order of magnitude: of money against what one person pays, of a count by itself."""
        quantity = self.spot.quantity
        value: Any = abs(quantity.value)
        if self.spot.unit == "percent":
            return f"percent {sum(value >= least for least in SHARES)}"
        if self.spot.unit == "money":
            value = value / small_money(quantity.unit)
        power = int(log10(value) // 1) if value else SIZES[0]
        return f"{self.spot.unit} {max(SIZES[0], min(power, SIZES[1]))}"


def _distance(cue: Cue) -> float:
    return FAR.get(cue.place, cue.cost) + 6 * cue.crossed + (3 if cue.hinted else 0)


def _how_near(move: Move | None) -> str:
    if move is None:
        return "not"
    if move.written:
        return "beside"
    return "near" if move.cost <= NEAR else "far"
