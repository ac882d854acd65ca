"""The explorer: a selection made with controls becomes code of the front door, and that code its answer."""
