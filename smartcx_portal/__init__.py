"""Smart CX portal: appointments in which every person keeps command of their data."""
