"""The four scales by name."""

LOWEST = 1
HIGHEST = 4

# Source: the four columns of Barnardo's Domestic Violence Risk Identification Matrix, whose
# names the West Midlands screening teams used with their outcomes from 2009.
SCALE_NAMES = {1: "Moderate", 2: "Moderate to serious", 3: "Serious", 4: "Severe"}


def scale_name(scale: int) -> str:
    """The name of a scale from 1 to 4; ValueError for anything else."""
    if scale not in SCALE_NAMES:
        raise ValueError(f"There is no scale {scale}: scales run from {LOWEST} to {HIGHEST}.")
    return SCALE_NAMES[scale]
