"""How requests are let go: slots, buckets, lanes and fairness. Knows nothing of HTTP."""
