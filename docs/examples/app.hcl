# Whoever renews a token says for how long.
path "auth/token/renew-self" {
  capabilities = ["update"]
  required_parameters = ["increment"]
}

# The app reads its secrets by name.
path "secret/data/app/*" {
  capabilities = ["read"]
}

# One of them is the owner's alone.
path "secret/data/app/root" {
  capabilities = ["deny"]
}
