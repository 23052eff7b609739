"""Planning of assessments: who may keep what, and which sections a plan means."""
