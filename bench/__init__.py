"""The benchmarks: each writes its section of docs/benchmarks.md, in one run on one machine."""
