"""Rules over a reading: what is vague, unowned, undated, unanswered, badly laid out or not fit to publish."""
