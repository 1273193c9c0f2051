"""The searchable catalogue: documents, lexicon, lexical and dense indexes, structured columns, versions on disk."""
