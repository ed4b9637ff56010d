"""Two quantity readers beside ours: `PYTHON tests/bench/quantity_peers.py < SENTENCES`, with a Python that has them.

A line in is a JSON object with `lang` and `text`, a line out one with a list of quantities (value, value_max, unit as
the peer says it) for each peer that knows the language. The first line out names the peers with their versions.
quantulum3 reads English; Microsoft's Recognizers-Text, in its Python edition, English, French and Spanish.
"""

import json
import sys
import warnings
from importlib.metadata import version

warnings.simplefilter("ignore")

from quantulum3 import parser  # noqa: E402
from recognizers_number import Culture, recognize_number, recognize_percentage  # noqa: E402
from recognizers_number_with_unit import recognize_currency, recognize_dimension  # noqa: E402

CULTURES = {"en": Culture.English, "fr": Culture.French, "es": Culture.Spanish}


def quantulum(text):
    """Return what quantulum3 finds; it falls over some sentences, which then have nothing."""
    try:
        return [(one.value, one.unit.name) for one in parser.parse(text)]
    except Exception:
        return []


def recognizers(text, culture):
    """Return what the four recognizers find: a number inside of something longer is not one more."""
    found = []
    for kind, recognize in enumerate((recognize_currency, recognize_percentage, recognize_dimension, recognize_number)):
        try:
            results = recognize(text, culture)
        except Exception:  # as above
            results = []
        for one in results:
            said = str((one.resolution or {}).get("value") or "").rstrip("%")
            unit = "percentage" if kind == 1 else one.resolution.get("unit") or "" if said else ""
            try:
                value = float(said)
            except ValueError:
                continue
            if all(one.end < start or one.start > end for start, end, *_ in found):
                found.append((one.start, one.end, value, unit))
    return [(value, unit) for _, _, value, unit in found]


def rows(found):
    return [{"value": value, "value_max": None, "unit": unit} for value, unit in found]


print(json.dumps({name: version(name) for name in ("quantulum3", "recognizers-text-suite")}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    answer = {}
    if asked["lang"] == "en":
        answer["quantulum3"] = rows(quantulum(asked["text"]))
    if asked["lang"] in CULTURES:
        answer["recognizers-text-suite"] = rows(recognizers(asked["text"], CULTURES[asked["lang"]]))
    print(json.dumps(answer), flush=True)
