"""May this be told to them? The partnership's sharing rules as dated data, and the answer."""
