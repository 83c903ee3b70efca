"""Reports: terminal, JSONL, CSV, XLSX, HTML, SARIF. Each format is a `Writer`."""
