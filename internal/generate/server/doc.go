// Package server is what asking a model behind a server takes, whatever the model makes: a client that carries a key nowhere else, pauses between tries, a
// server that fails being left alone, and keys that appear in no error. Packages text/remote and image/remote speak the protocols.
package server
