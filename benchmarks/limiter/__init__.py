"""The limiter against every kind of server, and beside what people use today; servers run in a process of their own.

========================================  ==================================================================
command (``python -m benchmarks.limiter…``)  question
========================================  ==================================================================
``.servers``                              is anything refused, and how much of the limit is used? (37 minutes)
``.loads``                                what do a busy event loop and slow answers cost?
``.accounts``                             do ten accounts behind one address share it, and who waits for whom?
``.addresses``                            do four source addresses give four times the rate?
``.moments``                              does anything clump after idling, or after a pause?
``.cancel``                               does a storm of cancellations lose a waiter or leak a place?
``.cpu``                                  what does a decision cost with ten thousand calls queued?
``.peers``                                how do others do on the same servers? (needs the extra ``bench``)
``.simulate``                             the first question in simulated time: seconds, and the same each time
========================================  ==================================================================
"""
