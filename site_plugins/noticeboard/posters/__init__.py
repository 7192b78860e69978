"""Paper: a notice as a sheet, set with Typst. Takes plain values, gives PDF; knows no board and no MkDocs."""
