"""Documents as PDF by typst, workbooks as XLSX by xlsxwriter."""
