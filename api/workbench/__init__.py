"""The pages that people work in; they read through the API's own functions and write through /v1."""
