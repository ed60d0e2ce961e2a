"""The way into a program: inquiries, the questions asked, waiting, and the clocks that run meanwhile."""
