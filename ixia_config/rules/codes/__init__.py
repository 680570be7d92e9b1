"""The codes of conditions, IX300 to IX338: one class for each way in which one can be wrong."""
