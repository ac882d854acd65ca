"""What a report says: blocks made of the tables, for the cells of notebooks."""

# A notebook that shows an exhibit shows it as HTML and as text, and saves it; the blocks themselves know no format.
from milaid.blocks import live as live
from milaid.blocks import saving as saving
