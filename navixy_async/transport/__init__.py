"""From a call to its answer: the connection pool, one attempt, and the pipeline of attempts around it."""
