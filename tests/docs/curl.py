"""As much of curl as the pages use, for machines that have none."""

import argparse
import sys
from urllib.request import Request, urlopen


def main() -> None:
    """Send one request and print its answer."""
    parser = argparse.ArgumentParser()
    parser.add_argument("-s", action="store_true")
    parser.add_argument("-X", dest="method", default="GET")
    parser.add_argument("-H", dest="headers", action="append", default=[])
    parser.add_argument("-d", dest="data")
    parser.add_argument("url")
    given = parser.parse_args()
    headers = dict(header.split(": ", 1) for header in given.headers)
    data = given.data.encode() if given.data else None
    with urlopen(Request(given.url, data, headers, method=given.method)) as answer:
        sys.stdout.write(answer.read().decode())


main()
