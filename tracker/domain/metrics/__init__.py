"""What is measured of hiring, as pure functions over values: the meaning behind every report."""
