"""The shapes of what programs send and get: bodies and addresses checked strictly, answers as documented."""
