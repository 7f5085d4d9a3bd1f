"""The rules, one a file; the file's name begins with its code in lower case (``m301_no_owner.py``)."""
