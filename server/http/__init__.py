"""How a request becomes a call and an answer, the same for every route."""
