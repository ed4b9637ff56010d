"""The network: what is asked of whom, how politely, and what came back. Every decision leaves a row.

`collect` works on one source in one night, at a `desk` that keeps answers and tells the story. A visit passes the
host's `gate` (robots.txt, reservations), takes its turn (`hosts`), and is made over a guarded `transport`.

A step that is done is written into the night's `journal`, so a killed night goes on where it stopped; `replay` reads
the ledger again and proves that its rules were kept; `discover` finds old news under the same rules.

Of each request the ledger keeps what robots.txt (`robots`) and reservations (`tdm`) said to it, the wait that was due
(`wait_wanted`) and the one that was kept (`waited_seconds`). The outcomes:

    fetched            the answer was kept
    permitted          the site of a page lets it be read, so a copy of it is asked for elsewhere
    unchanged          HTTP 304, the same bytes as before, or the feed gives the same time
    redirected         followed; the next row says to where
    outside            an item at a site that the source's file does not speak of
    not_relevant       an item that names no platform
    postponed          the source had its time tonight
    not_due            the source's schedule names another day
    waits_for_contact  the source wants to know whom to write to, and no contact is set
    refused_by_list    the host is on our own list of refused ones
    refused_by_robots  robots.txt forbids it, or could not be read
    reserved           text and data mining, or keeping a copy, is reserved
    blocked            HTTP 401, 402, 403, 407, 451; or its host was given up for that
    challenged         proof of a human was wanted; the host is not asked again tonight
    gone               HTTP 404, 410
    absent             no robots.txt, no tdmrep.json
    busy               HTTP 429, 503, or the host's rest is not over
    unreachable        no address, no connection, no TLS, no whole answer in time, HTTP 5xx; or its host was given up
    broken_answer      cut short, cannot be unpacked, no HTTP, a status that nobody asked for
    bad_address        no http address, or one in a private network
    bad_redirect       in a circle, without end, or to nowhere
    too_large          more bytes than the settings allow
    not_html           a picture, a PDF, where a page should be
    empty_body         nothing in it
    not_a_feed         HTML, JSON, noise where a feed should be
    not_a_dataset      HTML or null where a dataset should be
    empty_feed         a feed that lists nothing although it should
    too_many_items     a feed that lists more than expected; the first ones were read
"""
