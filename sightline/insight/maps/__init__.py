"""Where it happens: notifications for each 1,000 children by ward and small area, by deprivation.

`counting` asks how many, `protecting` hides what is small, `rates` sets them against how many
children live there and how deprived it is, `picture` draws, `page` is what a reader sees.
"""
