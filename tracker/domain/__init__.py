"""Rules of hiring as pure functions and tables: no database, no clock, no input or output."""
