"""What happens in cases, step by step; strands are told with these."""
