"""The distribution calendar: where each assessment stands, and reminders about it."""
