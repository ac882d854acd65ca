"""What is meant by a name as people write it: countries, programs, regions and fiscal years."""
