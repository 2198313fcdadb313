"""From files on disk to posts, sessions and takeaways. No SQL, no terminal."""
