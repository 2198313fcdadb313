"""Pages made by hand: sessions, days, events, takeaways, help and messages."""
