"""The nouns of the project: frozen, standard library only.

Every room takes these and gives these; no room knows another. The vocabulary of `Claim` follows SDMX where SDMX
has a word (in brackets). Times are aware and in UTC; days are the publisher's local day; money is `Decimal`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

# --- closed lists -------------------------------------------------------------------------------------------------


class Metric(StrEnum):
    """What is counted [INDICATOR]."""

    SUBSCRIBERS = "subscribers"
    USERS = "users"
    REVENUE = "revenue"
    AD_REVENUE = "ad_revenue"
    OPERATING_INCOME = "operating_income"
    NET_INCOME = "net_income"
    CONTENT_SPEND = "content_spend"
    PRICE = "price"
    ARPU = "arpu"
    MARKET_SHARE = "market_share"
    PENETRATION = "penetration"
    WATCH_TIME = "watch_time"
    TITLES = "titles"
    COUNTRIES = "countries"
    CHURN = "churn"
    DEAL_VALUE = "deal_value"
    VALUATION = "valuation"
    EMPLOYEES = "employees"
    OTHER = "other"


class Transformation(StrEnum):
    """How the value relates to the metric [TRANSFORMATION]."""

    LEVEL = "level"
    CHANGE = "change"  # absolute; negative for a loss
    GROWTH = "growth"  # percent; negative for a fall


class Status(StrEnum):
    """How sure the text is of the value [OBS_STATUS]."""

    ACTUAL = "actual"
    ESTIMATE = "estimate"
    FORECAST = "forecast"
    PLAN = "plan"
    RUMOUR = "rumour"


class Qualifier(StrEnum):
    """The hedge: how the written number bounds the value."""

    EXACT = "exact"
    APPROX = "approx"
    MIN = "min"  # "more than", "pas moins de": no upper end
    MAX = "max"  # "up to", "moins de": no lower end


class Kind(StrEnum):
    """What a page turned out to be. Only the first three are read for figures."""

    ARTICLE = "article"
    TABLE = "table"
    DATASET = "dataset"
    LIST = "list"
    CONSENT_WALL = "consent_wall"
    CHALLENGE = "challenge"
    LOGIN_WALL = "login_wall"
    PAYWALL_STUB = "paywall_stub"
    SOFT_404 = "soft_404"
    SUSPENDED = "suspended"
    EMPTY_SHELL = "empty_shell"
    UNREADABLE = "unreadable"

    @property
    def readable(self) -> bool:
        """Whether figures may be read from such a page."""
        return self in (Kind.ARTICLE, Kind.TABLE, Kind.DATASET)


# --- collect ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Expect:
    """What a healthy night of one source looks like; outside of it the night warns."""

    min_items: int = 0
    max_items: int = 500
    max_silent_days: int = 14


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from: one YAML file under `etl/sources/`."""

    name: str
    title: str
    kind: str  # feed | sitemap | filings | page | dataset | archive | discovery
    url: str  # http(s) address; for an archive the path of a WARC file, relative to etl/
    language: str  # ISO 639-1
    country: str  # ISO 3166-1 alpha-2, or WW
    authority: str  # official | press | aggregator
    licence: str
    fulltext: str = "none"  # none | feed_only | feed_then_article
    wait_seconds: float = 10.0
    enabled: bool = True
    sample: bool = False  # pages written for the project, never mixed with live ones
    dataset: str | None = None  # name of the mapping under etl/extract/datasets/ that reads it
    relevant_only: bool = True  # feed items that name no platform are not fetched
    expect: Expect = field(default_factory=Expect)
    note: str = ""
    schedule: str = "daily"  # daily | the name of a weekday | monthly | manual
    paywall: str = "none"  # none | partial | full
    needs_contact: bool = False  # is not asked before the operator's contact is set
    also: tuple[str, ...] = ()  # further addresses of the same kind, asked for after `url`
    hosts: tuple[str, ...] = ()  # further sites whose articles are this source's own
    permission: str = ""  # which host of the list of refused ones was allowed, by whom, when; told every night


@dataclass(frozen=True, slots=True)
class Request:
    """One decision about one address: made or refused, why, and what came back. The ledger has one row each."""

    night: date
    source: str
    url: str
    why: str  # feed | sitemap | filings | item | page | dataset | robots | discovery | copy
    requested_at: datetime
    outcome: str  # fetched | unchanged | refused_by_robots | reserved | blocked | gone | unreachable | too_large | ...
    rule: str = ""  # the line of robots.txt, header or setting that decided
    status: int | None = None  # HTTP status; None when no request was made or no answer came
    bytes: int = 0
    digest: str = ""  # sha256 of the body, hex; empty without a body
    waited_seconds: float = 0.0
    seconds: float = 0.0  # from the request to the last byte
    detail: str = ""  # the error in words
    robots: str = ""  # what robots.txt said to this address: allowed, with the line that allowed it; or what forbade it
    tdm: str = ""  # none, or what reserved text and data mining
    wait_wanted: float = 0.0  # seconds that had to lie between this request and the one before to its host


@dataclass(frozen=True, slots=True)
class Page:
    """An answer in the archive: where its bytes lie and where they came from."""

    url: str
    source: str
    night: date
    fetched_at: datetime
    status: int
    content_type: str  # as the header said, "" when it said nothing
    digest: str  # sha256 of the body, hex
    archive_file: str  # relative to the archive's root
    archive_offset: int  # of the WARC record, in bytes


# --- read ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Block:
    """A run of the text: `text[start:end]`."""

    kind: str  # headline | heading | paragraph | item | caption | table | quote
    start: int
    end: int
    lang: str = ""  # ISO 639-1 where it is not the document's


@dataclass(frozen=True, slots=True)
class Cell:
    """One data cell of a table, with the heads that give it meaning; `text[start:end]` is the cell."""

    text: str
    start: int
    end: int
    row: int
    column: int
    row_heads: tuple[str, ...] = ()
    column_heads: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # what the marks at the cell and its heads lead to: "Estimate", "Households only"


@dataclass(frozen=True, slots=True)
class Table:
    """A table, definition list or row of cards, written into the text row by row; heads are not among the cells."""

    caption: str
    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """One date that a page gives of itself: of what, by whom, and the day it names."""

    of: str  # published | modified | created
    by: str  # json-ld | meta | time | json | url | text
    written: str  # as the page writes it
    day: date | None  # None where it is refused
    refused: str = ""  # why it cannot be believed, in words


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one page, read: all offsets count characters of `text`."""

    document_id: str  # one version of one address
    lang: str  # ISO 639-1
    text: str
    published: date | None = None
    title: str | None = None
    kind: Kind = Kind.ARTICLE
    url: str = ""
    source: str = ""
    country: str = ""  # of the publisher: gives a bare "$" its currency
    digest: str = ""  # sha256 of the archived body
    published_from: str = ""  # the witness: json-ld | meta | time | url | text | feed | data
    modified: date | None = None
    authors: tuple[str, ...] = ()
    site: str = ""
    wire: str = ""  # agency credited: afp, reuters, ...
    evidence: str = ""  # what decided the kind
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    published_sure: float = 0.0  # 0 to 1: how often such a day is right; 0 where none is stated or nothing was weighed
    witnesses: tuple[Witness, ...] = ()  # every date found, those that were believed first
    doubts: tuple[str, ...] = ()  # where the witnesses disagree, in words


# --- extract ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as written in a text: `text[start:end]`, number, unit and hedge.

    `value` (and `value_max` for an interval) are in base units: "5,9 millions" is 5900000, "$7bn" is 7000000000.
    `step` is the worth of the last digit that is meant: 0.1 million for "5.9 million". It never drops the hedge.
    """

    start: int
    end: int
    value: Decimal
    unit: str  # count | percent | percentage_points | hours | minutes | multiple | ISO 4217 code
    value_max: Decimal | None = None
    qualifier: Qualifier = Qualifier.EXACT
    step: Decimal = Decimal(1)
    per: str | None = None  # month | year | day | hour | episode
    core_start: int = -1  # of the number and unit alone, without hedge and sign
    core_end: int = -1
    noun: str | None = None  # for a share or a count: the word counted, when it stands beside the number
    signed: int = 0  # -1 or 1 when a sign is written ("-3 %", "+0,5 million")


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a quantity in one document. `document.text[quote_start:quote_end] == quote`, always."""

    document_id: str
    platform: str  # slug of the registry, or market
    metric: Metric
    transformation: Transformation
    value: Decimal  # base units; negative for losses and falls [OBS_VALUE]
    value_max: Decimal | None  # upper end of a written interval
    low: Decimal | None  # lower end of what the words can mean; None is open
    high: Decimal | None  # upper end; None is open
    unit: str  # [UNIT_MEASURE]
    per: str | None
    period: str | None  # 2018, 2017-Q3, 2017-H1, 2017-10, 2017-10-27, 2019/2021 [TIME_PERIOD]
    area: str | None  # ISO 3166-1 alpha-2 or WW, UCAN, EMEA, LATAM, APAC, EU, EUROPE [REF_AREA]
    status: Status
    qualifier: Qualifier
    attributed_to: str | None
    segment: str | None
    quote: str
    quote_start: int
    quote_end: int
    confidence: float  # 0 to 1
    repeat: bool = False  # restates another claim of the document (a conversion, a month given as a year)


@dataclass(frozen=True, slots=True)
class Rate:
    """One reference rate of the euro: `rate` units of `currency` for one euro on `day`."""

    day: date
    currency: str  # ISO 4217
    rate: Decimal


# --- outcomes -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item in one step, good or bad: "what failed last night" is a query."""

    night: date
    source: str
    step: str  # collect | read | extract
    item: str  # address, or name of the source
    ok: bool
    outcome: str  # one word: article, consent_wall, unreachable, no_date, ...
    reason: str  # the evidence, in words
    count: int = 0  # pages collected, claims extracted
