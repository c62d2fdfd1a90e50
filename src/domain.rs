//! The nouns of mentoring, their rules and states; no SQL, no terminal, no clock.
