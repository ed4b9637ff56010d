"""Parts of rules that several of them share: see `periods.signs` for how a rule is written."""

UNIT = "<year|quarter|half|months|week|day>"
WHEN = "<last|this|next|previous>"
ORD = "<O|ordinal>"
NUM = "<D|number|article>"
YR = f"(?P<yr>,?F(?:<year>F)?[YUA]|F{WHEN}F<year>|F<year>{WHEN}|F<yearly>)"
