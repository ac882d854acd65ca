"""The tidy tables: their columns, loading, money and coverage."""
