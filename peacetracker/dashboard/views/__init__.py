"""One module for each part of the site. A view asks the record and names a template; it counts nothing itself."""
