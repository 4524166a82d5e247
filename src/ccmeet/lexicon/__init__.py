"""What the rules know of the world: typed loaders, one a file, over YAML that people extend."""
