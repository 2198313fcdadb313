"""Files on disk to posts, sessions and takeaways. No SQL, no terminal."""
