"""The benchmarks: each writes its own section of docs/benchmarks.md, in one run on one machine."""
