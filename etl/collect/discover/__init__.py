"""Finding old news: services that know addresses of long ago, asked under the same rules as every other host.

Each client takes a `Service` (a source of kind `discovery` in one night) and gives what it found; the service's `rows`
are the ledger of what was asked. Hosts on the list of refused ones are left out of what is found; of a kept copy the
page's own site is asked first.
"""

from etl.collect.discover.service import DiscoveryFailed, Found, Service

__all__ = ["DiscoveryFailed", "Found", "Service"]
