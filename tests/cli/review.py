"""A pull request on the acme example: a discount band, a region and an accelerator are changed."""

import csv
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

ACME = Path(__file__).parents[2] / "examples" / "acme"
EDITS = (
    ("approvals/discounts.yaml", "when: discount < 20%", "when: discount < 15%"),
    ("routing/inbound-leads.yaml", "employees >= 1000", "employees >= 500"),
    ("comp/ae-2027.yaml", "{from: 100%, to: 150%, rate: 12%}", "{from: 100%, to: 150%, rate: 13%}"),
)
REGIONS = ("AMER", "EMEA", "EMEA", "APAC", "")
PEOPLE = ("ana@acme.example", "mia@acme.example", "sam@acme.example")


def git(root, *arguments):
    """Run git as somebody whose settings do not matter."""
    who = ("-c", "user.email=ana@acme.example", "-c", "user.name=Ana", "-c", "commit.gpgSign=false")
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


def committed(root):
    """The example as the first commit of a repository."""
    shutil.copytree(ACME, root)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=as it was")
    return root


def edited(root):
    """The change that is under review, in the working tree."""
    for name, old, new in EDITS:
        file = root / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    return root


def table(file, rows):
    """Rows as a CSV file."""
    rows = list(rows)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return file


def leads(folder):
    """A hundred and fifty leads of a quarter."""
    start = date(2026, 9, 1)
    return table(
        folder / "leads.csv",
        (
            {
                "id": f"L{number:03}",
                "name": f"Lead {number:03}",
                "region": REGIONS[number % 5],
                "employees": (number * 37) % 1500,
                "assigned_at": f"{start + timedelta(days=number % 80)}T{8 + number % 9:02}:30:00Z",
                "first_touch_at": f"{start + timedelta(days=number % 80)}T17:00:00Z",
            }
            for number in range(150)
        ),
    )


def deals(folder):
    """A hundred deals with their discounts."""
    return table(
        folder / "deals.csv",
        (
            {
                "id": f"D{number:03}",
                "name": f"Deal {number:03}",
                "amount": 5000 + (number * 7919) % 90000,
                "discount": f"{(number * 13) % 33}%",
                "owner": PEOPLE[number % 3],
            }
            for number in range(100)
        ),
    )


def bookings(folder):
    """Sixty signed orders of one quarter."""
    start = date(2027, 1, 4)
    return table(
        folder / "bookings.csv",
        (
            {
                "id": f"B{number:03}",
                "customer": f"Customer {number:03}",
                "booked_on": start + timedelta(days=number),
                "kind": ("new", "expansion", "renewal")[number % 3],
                "product": ("Core", "Pro")[number % 2],
                "acv": 20000 + (number * 6151) % 40000,
                "currency": "USD",
                "owner": PEOPLE[number % 3 if number % 7 else 0],
            }
            for number in range(60)
        ),
    )
