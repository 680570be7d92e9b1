"""The endpoints of records."""

from __future__ import annotations

from ixia_connectors.hubspot.sandbox import batches, records, search
from ixia_connectors.hubspot.sandbox.routing import Route
from ixia_connectors.hubspot.sandbox.scopes import of_object, reads_records, writes_records

_READ = of_object(reads_records)
_WRITE = of_object(writes_records)

ROUTES = (
    Route("records", "GET", "{object}", records.list_records, _READ),
    Route("records", "POST", "{object}", records.create_record, _WRITE),
    Route("records", "POST", "{object}/search", search.search, _READ, searches=True),
    Route("records", "GET", "{object}/{id}", records.get_record, _READ),
    Route("records", "PATCH", "{object}/{id}", records.update_record, _WRITE),
    Route("records", "DELETE", "{object}/{id}", records.delete_record, _WRITE),
    Route("records", "POST", "{object}/batch/read", batches.read, _READ),
    Route("records", "POST", "{object}/batch/create", batches.create, _WRITE),
    Route("records", "POST", "{object}/batch/update", batches.update, _WRITE),
    Route("records", "POST", "{object}/batch/upsert", batches.upsert, _WRITE),
    Route("records", "POST", "{object}/batch/archive", batches.archive, _WRITE),
)
