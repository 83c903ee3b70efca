"""One module per page; each has a `router`, which the app includes by itself."""
