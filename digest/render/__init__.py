"""Edition to email, web page and message bytes."""
