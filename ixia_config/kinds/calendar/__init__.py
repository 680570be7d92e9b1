"""Calendar: business hours in a time zone, with holidays and exceptions."""
