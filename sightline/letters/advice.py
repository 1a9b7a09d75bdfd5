"""What to do about something that is often missing from notifications, for whoever sends them."""

# By what is asked for, as sightline/intake/completeness.py calls it, without who it is asked of.
ADVICE = {
    "what the child said": (
        "Speak to each child alone where it is safe, and write the child’s own words. Where the "
        "child did not speak, write that."
    ),
    "how the child seemed": (
        "Write what could be seen of the child, of a baby too: crying, hiding, silent, clinging, "
        "asleep."
    ),
    "what the child saw or heard": (
        "Write where in the home the child was and what could be seen or heard from there."
    ),
    "spoken to alone or not": "Say yes or no: nothing written reads as if nobody had asked.",
    "present or not": (
        "Say for each child whether they were there; the school has to know what the child was "
        "part of."
    ),
    "school or setting": (
        "Ask for the school, nursery or college, or whether the child is taught at home: without "
        "it nobody there is told before the next morning."
    ),
    "expected date of birth": "Ask when the baby is due, if only the month.",
    "date of birth": (
        "Ask for the date of birth. Without it two children of one name cannot be told apart, and "
        "a history is missed."
    ),
    "name": "Write first name and surname as they are spelt; aliases have a field of their own.",
    "officer's grade": "Send the grade of the risk tool with the reason for it.",
    "risk tool": "Name the tool and its version, DASH or DARA.",
    "what happened": "Say who did what to whom. One sentence is better than none.",
    "date and time of the incident": (
        "Send when it began: the time until a school is told is counted from there."
    ),
    "address of the incident": "Send where it happened, or that the address is not known.",
    "postcode of the incident": "Send the postcode: maps and wards rest on it.",
}
OTHERWISE = "Fill it in where it is known, and say so where it is not."


def advice_on(field: str) -> str:
    """Return what to do about a field: "child: what the child said" or "risk tool"."""
    return ADVICE.get(field.rpartition(": ")[2], OTHERWISE)
