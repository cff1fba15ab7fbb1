"""Prints the JSON Schema of a reading; `python -m cenotaph.plain > docs/schema.json` renews its committed copy."""

import json
import sys

from cenotaph.plain import schema

json.dump(schema(), sys.stdout, indent=2, ensure_ascii=False)
sys.stdout.write("\n")
