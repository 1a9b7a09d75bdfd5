"""Screening one child: from answers about the abuse to a suggested scale, with its reasons.

An *instrument* is one version of the questions. An *item* is one question; its *floor* is the
lowest scale that a Yes points to. An *answer* is one of five, and "not asked" is an answer.
An *uplift* is a fact about the child that lifts the scale, offers to lift it, or opens a route.
A *protective factor* is weighed by a person and never lowers the scale. An *accumulation* is a
number of concerns that together point higher than each alone. The *suggestion* is what all this
comes to; a person sets the scale. An *outcome* is what a person decides should follow.

Nothing here decides. Every module is plain Python: facts in, a suggestion and its reasons out.
"""
