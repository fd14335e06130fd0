"""The invented district: people, places and cases made by the very steps that people take."""
