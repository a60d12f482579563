"""The public HTTP API, `/api/v1`: find a time, hold it, book, move and cancel, by the booking page's own use cases.

Secrets travel in headers only (`Hold-Token`, `Booking-Secret`), so that none stands in a path, a query or a log.
"""
