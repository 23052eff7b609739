"""The JSON API `/api/v1`: what programs may read and write, by bearer token."""
