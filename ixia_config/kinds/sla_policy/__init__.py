"""SlaPolicy: how fast something must happen, in business time, and who hears of it."""
