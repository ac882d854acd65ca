"""What a report says: blocks made of the tables, for the cells of notebooks."""

# A notebook that shows an exhibit shows it as HTML; the blocks themselves know no HTML.
from milaid.blocks import live as live
