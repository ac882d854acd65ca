"""``milaid verify``: whether files are what their manifest says, and whether they come about again."""
