"""What leaves the house: ledger workbook, official document, reading page."""
