"""Single sign-on: staff sign in by their clinic's own provider, over OpenID Connect."""
