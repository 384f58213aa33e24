"""What belongs to mail: addresses, headers, tokens, signatures, and who sees the appeal."""
