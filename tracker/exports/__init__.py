"""Formats that people and programs take away: streams of rows in, bytes out."""
