"""The web application: pages made on the server, by the same use cases and gate as the API."""
