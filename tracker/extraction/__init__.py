"""The door to the text inside uploaded files: each is read in a process of its own, with limits.

parent    starts that process, waits at most so long, and takes what it says
child     what runs there: limits itself first, reads, answers, ends
readers   the formats, as pure functions of bytes
sheets, profiles  the formats that give more than words;  pdfs  the one that needs a library
mails     mail that comes back: its text and its files, read the same way
"""
