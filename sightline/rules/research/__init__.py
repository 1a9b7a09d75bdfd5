"""Who is asked what they know of a family, about whom, why, and by when."""
